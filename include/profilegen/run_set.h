// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace profilegen {

/// Names a recording: 16 hexadecimal digits, random. Nothing is ordered by it but output.
using RunId = std::string;

/// A set of runs, in a bit for each: thousands of runs that all saw the same thousands of facts must fit into memory.
/// Their names are kept once, as long as the process lives. Two threads may use different sets at once.
class RunSet {
 public:
  RunSet() = default;
  RunSet(std::initializer_list<RunId> runs);

  /// False when it was in already.
  bool insert(const RunId& run);
  void insert(const RunSet& other);
  [[nodiscard]] bool contains(const RunId& run) const;
  /// Whether each of these is in `other`, too.
  [[nodiscard]] bool is_within(const RunSet& other) const;
  [[nodiscard]] bool empty() const { return words_.empty(); }
  [[nodiscard]] size_t size() const;
  [[nodiscard]] std::vector<RunId> sorted() const;

  auto operator<=>(const RunSet&) const = default;  ///< some order
  bool operator==(const RunSet&) const = default;

 private:
  void reach(size_t word);
  size_t begin_ = 0;             // the number of the first word, which is not 0, nor is the last
  std::vector<uint64_t> words_;  // bit n of word w: run number 64 w + n
};

}  // namespace profilegen
