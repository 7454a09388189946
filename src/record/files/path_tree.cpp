// SPDX-License-Identifier: Apache-2.0
#include "files/path_tree.h"

#include <algorithm>
#include <functional>

namespace profilegen {
namespace {

constexpr size_t kPiece = 65536;  // bytes of names; no path is longer (PATH_MAX)
constexpr size_t kFirstSlots = 64;

/// Removes the first component from a path that begins with a slash, and returns it.
std::string_view take_name(std::string_view& path) {
  path.remove_prefix(1);
  const std::string_view name = path.substr(0, path.find('/'));
  path.remove_prefix(name.size());
  return name;
}

}  // namespace

PathTree::PathTree() : nodes_{{kRoot, 0, 0}}, names_(1), slots_(kFirstSlots, kRoot) { names_.back().reserve(kPiece); }

std::string_view PathTree::name(Node node) const {
  const Entry& entry = nodes_[node];
  return {names_[entry.name / kPiece].data() + entry.name % kPiece, entry.length};
}

/// The slot of the hash table where the node is, or where it belongs.
size_t PathTree::slot(Node parent, std::string_view wanted) const {
  size_t at = std::hash<std::string_view>()(wanted) ^ (parent * size_t{0x9e3779b97f4a7c15});
  for (at ^= at >> 32;; ++at) {
    at &= slots_.size() - 1;
    const Node node = slots_[at];
    if (node == kRoot || (nodes_[node].parent == parent && name(node) == wanted)) return at;
  }
}

uint32_t PathTree::keep(std::string_view name) {
  if (names_.back().size() + name.size() > kPiece) names_.emplace_back().reserve(kPiece);
  std::vector<char>& piece = names_.back();
  const size_t at = (names_.size() - 1) * kPiece + piece.size();
  piece.insert(piece.end(), name.begin(), name.end());
  return static_cast<uint32_t>(at);
}

void PathTree::grow() {
  slots_.assign(slots_.size() * 2, kRoot);
  for (Node node = 1; node < nodes_.size(); ++node) slots_[slot(nodes_[node].parent, name(node))] = node;
}

PathTree::Node PathTree::insert(std::string_view path) {
  Node node = kRoot;
  while (path.size() > (node == kRoot ? 1 : 0)) {
    const std::string_view part = take_name(path);
    const size_t at = slot(node, part);
    if (slots_[at] != kRoot) {
      node = slots_[at];
      continue;
    }
    nodes_.push_back({node, keep(part), static_cast<uint32_t>(part.size())});
    node = slots_[at] = static_cast<Node>(nodes_.size() - 1);
    if (nodes_.size() * 4 > slots_.size() * 3) grow();
  }
  return node;
}

std::optional<PathTree::Node> PathTree::find(std::string_view path) const {
  Node node = kRoot;
  while (path.size() > (node == kRoot ? 1 : 0)) {
    node = slots_[slot(node, take_name(path))];
    if (node == kRoot) return std::nullopt;
  }
  return node;
}

/// Visits paths in the order of their bytes, which is not the order of a walk by names: "/a-b" comes between "/a" and
/// "/a/b", since '-' is less than '/'. So each name is sorted twice within its directory: as itself, and with a slash
/// appended for everything below it.
class PathTree::Walk {
  struct Item {
    Node node;
    bool below;
    std::string_view name;

    /// The first letter after the common prefix of two names.
    [[nodiscard]] int letter(size_t at) const {
      if (at < name.size()) return static_cast<unsigned char>(name[at]);
      return below ? '/' : -1;
    }
    bool operator<(const Item& other) const {
      const size_t common = std::min(name.size(), other.name.size());
      const int order = name.substr(0, common).compare(other.name.substr(0, common));
      return order != 0 ? order < 0 : letter(common) < other.letter(common);
    }
  };

 public:
  Walk(const PathTree& tree, const std::function<void(Node, const std::string&)>& each) : tree_(tree), each_(each) {
    // Children grouped by parent, as in a counting sort: the group of `node` ends where that of `node + 1` begins.
    begins_.resize(tree.size() + 1);
    for (Node node = 1; node < tree.size(); ++node) ++begins_[tree.parent(node) + 1];
    for (size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
    children_.resize(tree.size() - 1);
    std::vector<uint32_t> next(begins_.begin(), begins_.end() - 1);
    for (Node node = 1; node < tree.size(); ++node) children_[next[tree.parent(node)]++] = node;
  }

  void below(Node parent, std::string& path) {
    std::vector<Item> items;
    for (uint32_t i = begins_[parent]; i < begins_[parent + 1]; ++i) {
      const Node child = children_[i];
      items.push_back({child, false, tree_.name(child)});
      if (begins_[child] != begins_[child + 1]) items.push_back({child, true, tree_.name(child)});
    }
    std::sort(items.begin(), items.end());
    const size_t length = path.size();
    for (const Item& item : items) {
      path.append("/").append(item.name);
      if (item.below)
        below(item.node, path);
      else
        each_(item.node, path);
      path.resize(length);
    }
  }

 private:
  const PathTree& tree_;
  const std::function<void(Node, const std::string&)>& each_;
  std::vector<uint32_t> begins_;
  std::vector<Node> children_;
};

void PathTree::walk(const std::function<void(Node, const std::string&)>& each) const {
  each(kRoot, "/");
  std::string path;
  Walk(*this, each).below(kRoot, path);
}

}  // namespace profilegen
