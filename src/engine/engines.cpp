// SPDX-License-Identifier: Apache-2.0
#include <fnmatch.h>

#include <cctype>

#include "profilegen/engine.h"

namespace profilegen {
namespace {

constexpr Engine kEngines[] = {
#define ENGINE(name, client, compose, cgroup) {#name, client, compose, cgroup},
#include "profilegen/engines.def"
#undef ENGINE
};

bool fits(const std::string& pattern, const std::string& text) {
  return !text.empty() && fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
}

constexpr size_t kShortId = 12;  // length of the ids that engines print
constexpr size_t kIdLength = 64;

// With the systemd driver podman's monitor has a cgroup named like this. The monitor is not part of the container.
constexpr std::string_view kMonitor = "libpod-conmon-";

}  // namespace

std::span<const Engine> engines() { return kEngines; }

const Engine* engine_of_cgroup(std::string_view cgroup_name) {
  for (const Engine& engine : engines())
    if (cgroup_name.starts_with(engine.cgroup)) return &engine;
  return nullptr;
}

std::string container_id_in(std::string_view name) {
  if (name.starts_with(kMonitor)) return "";
  size_t run = 0;
  for (size_t i = 0; i <= name.size(); ++i) {
    const bool hex = i < name.size() && std::isxdigit(static_cast<unsigned char>(name[i])) != 0;
    if (!hex && run == kIdLength) return std::string(name.substr(i - kIdLength, kIdLength));
    run = hex ? run + 1 : 0;
  }
  return "";
}

bool matches_container(const std::string& pattern, const Subject& subject) {
  const bool id_prefix = pattern.size() >= kShortId && subject.container_id.starts_with(pattern);
  return id_prefix || fits(pattern, subject.container_name) || fits(pattern, subject.container_id) ||
         fits(pattern, subject.image);
}

}  // namespace profilegen
