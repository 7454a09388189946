// SPDX-License-Identifier: Apache-2.0
#include "profilegen/run_set.h"

#include <algorithm>
#include <bit>
#include <deque>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <unordered_map>

namespace profilegen {
namespace {

constexpr size_t kBits = 64;

/// The ids of all runs that were ever in any set.
class Names {
 public:
  size_t number(const RunId& run) {
    if (const auto known = find(run)) return *known;
    const std::unique_lock lock(mutex_);
    const auto [place, is_new] = numbers_.try_emplace(run, names_.size());
    if (is_new) names_.push_back(run);
    return place->second;
  }

  std::optional<size_t> find(const RunId& run) {
    const std::shared_lock lock(mutex_);
    const auto found = numbers_.find(run);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
  }

  void append(std::vector<RunId>& runs, const std::vector<size_t>& numbers) {
    const std::shared_lock lock(mutex_);
    for (const size_t number : numbers) runs.push_back(names_[number]);
  }

 private:
  std::shared_mutex mutex_;
  std::unordered_map<RunId, size_t> numbers_;
  std::deque<RunId> names_;
};

Names& names() {
  static Names all;
  return all;
}

}  // namespace

RunSet::RunSet(std::initializer_list<RunId> runs) {
  for (const RunId& run : runs) insert(run);
}

void RunSet::reach(size_t word) {
  if (words_.empty()) begin_ = word;
  if (word < begin_) {
    words_.insert(words_.begin(), begin_ - word, 0);
    begin_ = word;
  }
  if (word >= begin_ + words_.size()) words_.resize(word - begin_ + 1);
}

bool RunSet::insert(const RunId& run) {
  const size_t number = names().number(run);
  reach(number / kBits);
  uint64_t& word = words_[number / kBits - begin_];
  const uint64_t bit = uint64_t{1} << (number % kBits);
  const bool is_new = (word & bit) == 0;
  word |= bit;
  return is_new;
}

void RunSet::insert(const RunSet& other) {
  if (other.words_.empty()) return;
  reach(other.begin_);
  reach(other.begin_ + other.words_.size() - 1);
  for (size_t place = 0; place < other.words_.size(); ++place)
    words_[other.begin_ + place - begin_] |= other.words_[place];
}

bool RunSet::contains(const RunId& run) const {
  const auto number = names().find(run);
  if (!number || *number / kBits < begin_ || *number / kBits >= begin_ + words_.size()) return false;
  return (words_[*number / kBits - begin_] >> (*number % kBits) & 1) != 0;
}

bool RunSet::is_within(const RunSet& other) const {
  for (size_t place = 0; place < words_.size(); ++place) {
    const size_t word = begin_ + place;
    const bool there = word >= other.begin_ && word < other.begin_ + other.words_.size();
    if ((words_[place] & ~(there ? other.words_[word - other.begin_] : 0)) != 0) return false;
  }
  return true;
}

size_t RunSet::size() const {
  size_t count = 0;
  for (const uint64_t word : words_) count += static_cast<size_t>(std::popcount(word));
  return count;
}

std::vector<RunId> RunSet::sorted() const {
  std::vector<size_t> numbers;
  for (size_t place = 0; place < words_.size(); ++place)
    for (uint64_t rest = words_[place]; rest != 0; rest &= rest - 1)
      numbers.push_back((begin_ + place) * kBits + static_cast<size_t>(std::countr_zero(rest)));
  std::vector<RunId> runs;
  runs.reserve(numbers.size());
  names().append(runs, numbers);
  std::ranges::sort(runs);
  return runs;
}

}  // namespace profilegen
