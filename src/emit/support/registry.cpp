// SPDX-License-Identifier: Apache-2.0
#include "support/registry.h"

#include <algorithm>
#include <vector>

namespace profilegen {
namespace {

// A function's name can't contain a dash, and a name that people type should not contain an underscore.
template <size_t size>
struct DashedName {
  consteval explicit DashedName(const char (&name)[size]) {
    std::transform(name, name + size, text, [](char letter) { return letter == '_' ? '-' : letter; });
  }
  char text[size] = {};
};

#define EMITTER(name, file, in_bundle, needs_directory, needs_container, help) constexpr DashedName name_##name{#name};
#include "profilegen/emitters.def"
#undef EMITTER

constexpr Emitter kEmitters[] = {
#define EMITTER(name, file, in_bundle, needs_directory, needs_container, help) \
  {name_##name.text, file, in_bundle, needs_directory, needs_container, help, emit_##name},
#include "profilegen/emitters.def"
#undef EMITTER
};

}  // namespace

std::span<const Emitter> emitters() { return kEmitters; }

const Emitter* find_emitter(std::string_view name) {
  const auto* found = std::ranges::find(kEmitters, name, &Emitter::name);
  return found == std::end(kEmitters) ? nullptr : found;
}

bool has_container(const Profile& profile) { return profile.container || !profile.runtimes.empty(); }

Status require_container(const Profile& profile, const std::string& file) {
  if (has_container(profile)) return Done{};
  return Error{file, "was recorded from a process tree, which has no container runtime",
               "record a container, or pass --runtime"};
}

}  // namespace profilegen
