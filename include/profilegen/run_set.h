// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace profilegen {

/// Identifies a recording: 16 random hexadecimal digits. The order of ids matters only for sorted output.
using RunId = std::string;

/// A set of runs with one bit for each run: thousands of runs that all saw the same thousands of facts must fit into
/// memory. The ids are interned for the life of the process. Different sets may be used by different threads at once.
class RunSet {
 public:
  RunSet() = default;
  RunSet(std::initializer_list<RunId> runs);

  /// Returns false when the run was in the set already.
  bool insert(const RunId& run);
  void insert(const RunSet& other);
  [[nodiscard]] bool contains(const RunId& run) const;
  /// Whether this is a subset of `other`.
  [[nodiscard]] bool is_within(const RunSet& other) const;
  [[nodiscard]] bool empty() const { return words_.empty(); }
  [[nodiscard]] size_t size() const;
  [[nodiscard]] std::vector<RunId> sorted() const;

  auto operator<=>(const RunSet&) const = default;  ///< an arbitrary order
  bool operator==(const RunSet&) const = default;

 private:
  void reach(size_t word);
  size_t begin_ = 0;             // index of the first stored word; the first and the last stored word are never 0
  std::vector<uint64_t> words_;  // bit n of the word with index w: run number 64 w + n
};

}  // namespace profilegen
