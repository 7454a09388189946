// SPDX-License-Identifier: Apache-2.0
// Stores what was done to files during the recording: the content of Trace::files in a tenth of the memory.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "files/path_tree.h"
#include "profilegen/trace.h"

namespace profilegen {

/// Keeps each value once and numbers it.
template <typename Value>
class Interned {
 public:
  Interned() = default;
  // A copy's values would lie in the original. Those of a map that is moved stay where they are.
  Interned(const Interned&) = delete;
  Interned& operator=(const Interned&) = delete;
  Interned(Interned&&) noexcept = default;
  Interned& operator=(Interned&&) noexcept = default;
  ~Interned() = default;

  uint32_t number(const Value& value) {
    const auto [place, is_new] = numbers_.try_emplace(value, static_cast<uint32_t>(values_.size()));
    if (is_new) values_.push_back(&place->first);
    return place->second;
  }
  [[nodiscard]] const Value& value(uint32_t number) const { return *values_[number]; }

 private:
  std::map<Value, uint32_t> numbers_;
  std::vector<const Value*> values_;
};

class FileFacts {
 public:
  /// Joins the fact with what is known, as merge_traces() does.
  void add(std::string_view path, FileOp op, const FileFact& fact);

  [[nodiscard]] bool is_empty() const { return facts_.empty(); }
  /// The number of facts that need a writable mount.
  [[nodiscard]] size_t changes() const { return changes_; }
  [[nodiscard]] bool contains(std::string_view path, FileOp op) const { return find(path, op) != kNone; }
  [[nodiscard]] bool is_directory(std::string_view path, FileOp op) const;
  /// Whether the last that was done to the path's name was to remove it. Facts must have been added in the order in
  /// which they came. The kernel part may leave out a rename that it has told before.
  [[nodiscard]] bool is_removed(std::string_view path) const;
  /// Marks a fact as one about a directory, if there is such a fact.
  void set_directory(std::string_view path, FileOp op);

  /// Sets the mount point of each file: the longest of these paths that contains it.
  void set_mounts(const std::vector<Mount>& mounts);

  /// Visits each fact, in the order of the keys.
  void each(const FileRow& row) const;

 private:
  using Index = uint32_t;
  static constexpr Index kNone = UINT32_MAX;
  struct Fact {
    uint64_t ns;
    uint32_t pid;
    uint32_t tid;
    uint32_t program;
    uint32_t mount;
    Index next;  // the next fact of the same path
    uint32_t op : 6;
    uint32_t directory : 1;
    uint32_t runs : 25;
  };

  [[nodiscard]] Index find(std::string_view path, FileOp op) const;
  /// Writes into an object whose memory is reused: there can be a million facts.
  void unpack(const Fact& fact, FileFact& into) const;
  void set_sighting(Fact& fact, const FileFact& from);
  void note_name(std::string_view path, FileOp op);

  size_t changes_ = 0;
  PathTree paths_;
  std::deque<Index> heads_;    // by node: its first fact
  std::vector<bool> removed_;  // by node: see is_removed()
  std::deque<Fact> facts_;
  Interned<std::string> texts_;  // names of programs and mount points
  Interned<RunSet> runs_;
};

}  // namespace profilegen
