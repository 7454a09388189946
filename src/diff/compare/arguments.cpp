// SPDX-License-Identifier: Apache-2.0
#include "arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>

#include "half_values.h"
#include "multiplexed.h"
#include "profilegen/diff.h"

namespace profilegen::diff {
namespace {

constexpr size_t kMostProbes = 2'000'000;
constexpr size_t kMostExamples = 3;
constexpr uint64_t kLowHalf = 0xffffffff;

/// Examples with fewer bits set come first: they look like what a person would write.
int weight(const CallArguments& arguments) {
  int bits = 0;
  for (const uint64_t value : arguments) bits += std::popcount(value);
  return bits;
}

/// How to show the argument at this index; nullptr when it is not a recorded one.
const CallArgument* meaning(const std::vector<CallArgument>& recorded, size_t index) {
  const auto found = std::ranges::find(recorded, index, &CallArgument::index);
  return found == recorded.end() ? nullptr : &*found;
}

std::string value_text(const std::vector<CallArgument>& recorded, size_t index, uint64_t value) {
  const CallArgument* known = meaning(recorded, index);
  if (known != nullptr && (value & ~kLowHalf) == 0)
    return argument_text(known->kind, static_cast<uint32_t>(value) & known->mask);
  return fmt::format("argument {} = {}", index, value < 10 ? fmt::format("{}", value) : fmt::format("{:#x}", value));
}

/// Values of one argument that the comparisons tell apart; empty when there are none of it.
std::set<uint64_t> values_of(size_t index, const std::set<WordComparison>& comparisons) {
  constexpr uint32_t half_bits = 32;
  std::array<std::vector<WordComparison>, 2> halves;
  for (const WordComparison& one : comparisons)
    if (one.index == index) halves.at(one.high ? 1 : 0).push_back(one);
  if (halves[0].empty() && halves[1].empty()) return {};
  std::set<uint64_t> values;
  for (const uint64_t high : half_values(halves[1]))
    for (const uint64_t low : half_values(halves[0])) values.insert(high << half_bits | low);
  return values;
}

}  // namespace

std::vector<CallArguments> probes(const SeccompEffect& before, const SeccompEffect& after, const CallKey& call) {
  auto comparisons = before.comparisons(call);
  comparisons.merge(after.comparisons(call));
  std::vector<CallArguments> all{{}};
  for (size_t index = 0; index < CallArguments{}.size(); ++index) {
    auto values = values_of(index, comparisons);
    if (values.empty()) continue;
    values.insert(0);
    if (all.size() * values.size() > kMostProbes) return {};
    std::vector<CallArguments> next;
    next.reserve(all.size() * values.size());
    for (const CallArguments& one : all)
      for (const uint64_t value : values) {
        next.push_back(one);
        next.back()[index] = value;
      }
    all = std::move(next);
  }
  return all;
}

bool lets_any_through(const SeccompEffect& filter, const CallKey& call) {
  const auto asked = probes(filter, filter, call);
  if (asked.empty()) return true;  // too many rules to ask them all; that many rules certainly allow something
  return std::ranges::any_of(
      asked, [&](const CallArguments& arguments) { return filter.answer(call, arguments).lets_through(); });
}

std::string examples_text(const CallKey& call, std::vector<CallArguments> examples) {
  std::ranges::stable_sort(examples, {}, weight);
  std::vector<size_t> varying;
  for (size_t index = 0; index < CallArguments{}.size(); ++index)
    if (std::ranges::any_of(examples, [&](const CallArguments& one) { return one[index] != 0; }))
      varying.push_back(index);
  const auto recorded = recorded_arguments(call.arch, call.name);
  std::vector<std::string> shown;
  for (const CallArguments& one : examples) {
    const bool plain = std::ranges::all_of(one, [](uint64_t value) { return value <= kLowHalf; });
    if (!plain && !shown.empty()) continue;
    std::string text;
    for (const size_t index : varying) text += (text.empty() ? "" : " ") + value_text(recorded, index, one[index]);
    if (text.empty()) text = "all of them 0";
    if (std::ranges::find(shown, text) == shown.end()) shown.push_back(text);
    if (shown.size() > kMostExamples) break;
  }
  std::string text = "such as";
  for (size_t place = 0; place < std::min(shown.size(), kMostExamples); ++place)
    text += (place == 0 ? " " : ", ") + shown[place];
  return text + multiplexed_text(call, examples);
}

}  // namespace profilegen::diff
