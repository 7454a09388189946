// SPDX-License-Identifier: Apache-2.0
#include "support/path_node.h"

#include <algorithm>

namespace profilegen::report {

namespace {

/// Facts are sorted by the bytes of their whole paths, which is not a tree's order: "/a.b" is between "/a" and "/a/b".
struct Draft {
  std::map<std::string, Draft> children;
  std::vector<const FileFact*> facts;
  std::vector<FileOp> operations;
};

Draft& node_at(Draft& root, const std::string& path) {
  Draft* node = &root;
  for (size_t begin = 1; begin < path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    node = &node->children[path.substr(begin, end - begin)];
    begin = end + 1;
  }
  return *node;
}

PathNode settled(Draft& draft, std::string name, std::string path) {
  // Directories above the first one in which anything was done are joined into one row.
  while (draft.operations.empty() && draft.children.size() == 1 && path != "/") {
    auto& [below, child] = *draft.children.begin();
    if (child.children.empty()) break;
    name += "/" + below;
    path += "/" + below;
    Draft only = std::move(child);
    draft = std::move(only);
  }
  PathNode node{std::move(name), path};
  node.facts = std::move(draft.facts);
  node.operations = std::move(draft.operations);
  node.changed = node.operations.empty() ? 0 : 1;
  for (auto& [below, child] : draft.children) {
    node.children.push_back(settled(child, below, (path == "/" ? "" : path) + "/" + below));
    node.changed += node.children.back().changed;
  }
  return node;
}

}  // namespace

PathNode changes_of(const Trace& trace) {
  Draft root;
  for (const auto& [key, fact] : trace.files) {
    if (!file_op_writes(key.op)) continue;
    Draft& node = node_at(root, key.path);
    node.facts.push_back(&fact);
    node.operations.push_back(key.op);
  }
  return settled(root, "", "/");
}

Places::Places(const Profile& profile) {
  by_path_["/"] = profile.read_only_root ? Place{"/", "read-only root", "closed"} : Place{"/", "writable root", "open"};
  if (!profile.container) {
    by_path_["/"] = {"/", "no container", "other"};
    return;
  }
  for (const auto& [path, mount] : profile.mounts)
    by_path_[path] = {path, mount.source.empty() ? mount.origin : mount.origin + " " + mount.source, "mount"};
  if (!profile.read_only_root) return;
  for (const auto& [path, hole] : profile.holes)
    by_path_[path] = hole.kind == HoleKind::tmpfs ? Place{path, "tmpfs", "tmpfs"} : Place{path, "volume", "volume"};
}

const Place& Places::of(const std::string& path) const {
  for (std::string at = path; at.size() > 1; at.resize(at.find_last_of('/')))
    if (const auto found = by_path_.find(at); found != by_path_.end()) return found->second;
  return by_path_.at("/");
}

}  // namespace profilegen::report
