// SPDX-License-Identifier: Apache-2.0
// Stores hundreds of thousands of paths; common leading parts are kept once.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace profilegen {

/// A set of absolute paths and all directories above them. Each path takes about 25 bytes plus its last component.
class PathTree {
 public:
  using Node = uint32_t;
  static constexpr Node kRoot = 0;  ///< "/"

  PathTree();

  Node insert(std::string_view path);
  [[nodiscard]] std::optional<Node> find(std::string_view path) const;

  /// A directory has a smaller number than everything below it.
  [[nodiscard]] Node parent(Node node) const { return nodes_[node].parent; }
  [[nodiscard]] uint32_t size() const { return static_cast<uint32_t>(nodes_.size()); }

  /// Visits every node with its path, in the order of the paths' bytes.
  void walk(const std::function<void(Node, const std::string& path)>& each) const;

 private:
  struct Entry {
    Node parent;
    uint32_t name;  // offset in names_
    uint32_t length;
  };
  class Walk;

  [[nodiscard]] std::string_view name(Node node) const;
  [[nodiscard]] size_t slot(Node parent, std::string_view name) const;
  uint32_t keep(std::string_view name);
  void grow();

  // Deques, since they grow piece by piece: a vector needs three times its memory while it grows.
  std::deque<Entry> nodes_;
  std::deque<std::vector<char>> names_;
  std::vector<Node> slots_;  // hash table of nodes; kRoot, which is never stored, marks an empty slot
};

}  // namespace profilegen
