// SPDX-License-Identifier: Apache-2.0
#include "files/names_seen.h"

#include <algorithm>
#include <functional>

namespace profilegen {
namespace {

constexpr size_t kFewest = 1024;
constexpr size_t kMost = size_t{1} << 17;

}  // namespace

bool NamesSeen::insert(std::string_view name) {
  if (used_ >= slots_.size() && slots_.size() < kMost) {
    slots_.assign(std::max(kFewest, slots_.size() * 4), 0);
    used_ = 0;
  }
  const uint64_t hash = std::max<uint64_t>(std::hash<std::string_view>()(name), 1);
  uint64_t& slot = slots_[hash & (slots_.size() - 1)];
  if (slot == hash) return false;
  slot = hash;
  ++used_;
  return true;
}

void NamesSeen::clear() {
  slots_.clear();
  used_ = 0;
}

}  // namespace profilegen
