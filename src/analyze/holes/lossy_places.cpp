// SPDX-License-Identifier: Apache-2.0
#include "holes/lossy_places.h"

#include <algorithm>
#include <array>
#include <string>

#include "profilegen/paths.h"

namespace profilegen {
namespace {

constexpr std::array<std::string_view, 2> kRunState = {"/run", "/var/run"};

// /var/tmp survives a reboot of a host (File Hierarchy Standard 3.0, 5.15), but programs may not count on a file there.
// /var/cache: "the application must always be able to recover from manual deletion" (5.5).
constexpr std::array<std::string_view, 4> kTemporary = {"/tmp", "/var/tmp", "/dev/shm", "/var/cache"};

// Names of directories that hold a cache wherever they are. ".cache" is $XDG_CACHE_HOME; ".npm" is npm's cache, whose
// settings are elsewhere; Python makes "__pycache__" again.
constexpr std::array<std::string_view, 5> kCaches = {"cache", "caches", ".cache", ".npm", "__pycache__"};
constexpr std::array<std::string_view, 3> kCacheEndings = {"_cache", "-cache", ".cache"};  // "proxy_cache"

constexpr std::array<std::string_view, 4> kProcessEndings = {".pid", ".lock", "-lock", ".lck"};

template <size_t size>
bool is_in(const std::array<std::string_view, size>& places, std::string_view path) {
  return std::ranges::any_of(places, [&](std::string_view place) { return is_at_or_below(path, place); });
}

template <size_t size>
bool ends_like(const std::array<std::string_view, size>& endings, std::string_view name) {
  return std::ranges::any_of(endings, [&](std::string_view ending) { return name.ends_with(ending); });
}

bool is_cache_name(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::ranges::find(kCaches, lower) != kCaches.end() || ends_like(kCacheEndings, lower);
}

bool has_cache_name(std::string_view path) {
  for (size_t begin = 1; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    if (is_cache_name(path.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace

bool is_run_state(std::string_view path) { return is_in(kRunState, path); }

bool may_be_lost(std::string_view path) {
  return is_run_state(path) || is_in(kTemporary, path) || has_cache_name(path);
}

bool is_of_a_process(std::string_view path) { return ends_like(kProcessEndings, path); }

}  // namespace profilegen
