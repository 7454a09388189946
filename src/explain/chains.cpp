// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "profilegen/explain.h"

namespace profilegen {
namespace {

bool tell_the_same(const Item& one, const Item& other) {
  return one.kind == other.kind && one.name == other.name && one.detail == other.detail &&
         one.application == other.application;
}

void join(Item& into, const Item& other) {
  for (const std::string& object : other.objects)
    if (std::ranges::find(into.objects, object) == into.objects.end()) into.objects.push_back(object);
  into.evidence.runs.insert(other.evidence.runs);
  into.evidence.first = std::min(into.evidence.first, other.evidence.first);
  if (into.count && other.count) *into.count += *other.count;
}

}  // namespace

std::vector<Item> without_chains(std::vector<Item> items) {
  std::vector<Item> joined;
  for (Item& item : items) {
    item.chain.clear();
    if (!joined.empty() && tell_the_same(joined.back(), item))
      join(joined.back(), item);
    else
      joined.push_back(std::move(item));
  }
  return joined;
}

}  // namespace profilegen
