// SPDX-License-Identifier: Apache-2.0
// Paths by the hundred thousand: what they have in common is kept once.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace profilegen {

/// A set of absolute paths and of all directories above them. A path takes about 25 bytes and its last name.
class PathTree {
 public:
  using Node = uint32_t;
  static constexpr Node kRoot = 0;  ///< "/"

  PathTree();

  Node insert(std::string_view path);
  [[nodiscard]] std::optional<Node> find(std::string_view path) const;

  /// A directory's number is smaller than those of all that is below it.
  [[nodiscard]] Node parent(Node node) const { return nodes_[node].parent; }
  [[nodiscard]] uint32_t size() const { return static_cast<uint32_t>(nodes_.size()); }

  /// Every node with its path, in the order of the paths' bytes.
  void walk(const std::function<void(Node, const std::string& path)>& each) const;

 private:
  struct Entry {
    Node parent;
    uint32_t name;  // where it begins in names_
    uint32_t length;
  };
  class Walk;

  [[nodiscard]] std::string_view name(Node node) const;
  [[nodiscard]] size_t slot(Node parent, std::string_view name) const;
  uint32_t keep(std::string_view name);
  void grow();

  // Containers that grow piece by piece: a vector of this size needs three times its memory while it grows.
  std::deque<Entry> nodes_;
  std::deque<std::vector<char>> names_;
  std::vector<Node> slots_;  // hash table of nodes; kRoot, which is in none, stands for an empty slot
};

}  // namespace profilegen
