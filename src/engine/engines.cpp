// SPDX-License-Identifier: Apache-2.0
#include <fnmatch.h>

#include "profilegen/engine.h"

namespace profilegen {
namespace {

constexpr Engine kEngines[] = {
#define ENGINE(name, client, compose) {#name, client, compose},
#include "profilegen/engines.def"
#undef ENGINE
};

bool fits(const std::string& pattern, const std::string& text) {
  return !text.empty() && fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
}

constexpr size_t kShortId = 12;  // as engines print it

}  // namespace

std::span<const Engine> engines() { return kEngines; }

bool matches_container(const std::string& pattern, const Subject& subject) {
  const bool id_prefix = pattern.size() >= kShortId && subject.container_id.starts_with(pattern);
  return id_prefix || fits(pattern, subject.container_name) || fits(pattern, subject.container_id) ||
         fits(pattern, subject.image);
}

}  // namespace profilegen
