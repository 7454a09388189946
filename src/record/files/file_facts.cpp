// SPDX-License-Identifier: Apache-2.0
#include "files/file_facts.h"

#include <algorithm>
#include <tuple>

namespace profilegen {
namespace {

// Masks for the bit fields. A recording has fewer than a thousand runs, and each set of runs that occurs has one
// number.
constexpr uint32_t kMostOps = (1U << 6) - 1;
constexpr uint32_t kMostRuns = (1U << 25) - 1;

}  // namespace

FileFacts::Index FileFacts::find(std::string_view path, FileOp op) const {
  const auto node = paths_.find(path);
  Index index = node && *node < heads_.size() ? heads_[*node] : kNone;
  while (index != kNone && facts_[index].op != static_cast<uint32_t>(op)) index = facts_[index].next;
  return index;
}

void FileFacts::unpack(const Fact& fact, FileFact& into) const {
  into.first.ns = fact.ns;
  into.first.pid = fact.pid;
  into.first.tid = fact.tid;
  into.first.program = texts_.value(fact.program);
  if (into.runs != runs_.value(fact.runs)) into.runs = runs_.value(fact.runs);
  into.mount = texts_.value(fact.mount);
  into.directory = fact.directory != 0;
}

void FileFacts::set_sighting(Fact& fact, const FileFact& from) {
  fact.ns = from.first.ns;
  fact.pid = from.first.pid;
  fact.tid = from.first.tid;
  fact.program = texts_.number(from.first.program);
  fact.mount = texts_.number(from.mount);
}

void FileFacts::note_name(std::string_view path, FileOp op) {
  using Name = FileOpTraits::Name;
  const Name name = file_op_traits(op).name;
  if (name == Name::keeps) return;
  const PathTree::Node node = paths_.insert(path);
  if (node >= removed_.size()) removed_.resize(paths_.size());
  removed_[node] = name == Name::removes;
}

bool FileFacts::is_removed(std::string_view path) const {
  const auto node = paths_.find(path);
  return node && *node < removed_.size() && removed_[*node];
}

void FileFacts::add(std::string_view path, FileOp op, const FileFact& fact) {
  note_name(path, op);
  if (const Index known = find(path, op); known != kNone) {
    FileFact both;
    unpack(facts_[known], both);
    if (std::tie(fact.first, fact.mount) < std::tie(both.first, both.mount)) set_sighting(facts_[known], fact);
    both.runs.insert(fact.runs);
    facts_[known].runs = runs_.number(both.runs) & kMostRuns;
    if (fact.directory) facts_[known].directory = 1;
    return;
  }
  if (file_op_writes(op)) ++changes_;
  const PathTree::Node node = paths_.insert(path);
  heads_.resize(paths_.size(), kNone);
  Fact& place = facts_.emplace_back();
  set_sighting(place, fact);
  place.op = static_cast<uint32_t>(op) & kMostOps;
  place.directory = fact.directory ? 1 : 0;
  place.runs = runs_.number(fact.runs) & kMostRuns;
  place.next = heads_[node];
  heads_[node] = static_cast<Index>(facts_.size() - 1);
}

bool FileFacts::is_directory(std::string_view path, FileOp op) const {
  const Index index = find(path, op);
  return index != kNone && facts_[index].directory != 0;
}

void FileFacts::set_directory(std::string_view path, FileOp op) {
  if (const Index index = find(path, op); index != kNone) facts_[index].directory = 1;
}

void FileFacts::set_mounts(const std::vector<Mount>& mounts) {
  std::vector<uint32_t> lies_on(paths_.size(), kNone);
  lies_on[PathTree::kRoot] = texts_.number("/");
  for (const Mount& mount : mounts)
    if (const auto node = paths_.find(mount.path)) lies_on[*node] = texts_.number(mount.path);
  for (PathTree::Node node = 0; node < heads_.size(); ++node) {
    if (lies_on[node] == kNone) lies_on[node] = lies_on[paths_.parent(node)];
    for (Index index = heads_[node]; index != kNone; index = facts_[index].next) facts_[index].mount = lies_on[node];
  }
}

void FileFacts::each(const FileRow& row) const {
  std::vector<const Fact*> of_path;
  FileKey key{};
  FileFact whole;
  paths_.walk([&](PathTree::Node node, const std::string& path) {
    of_path.clear();
    for (Index index = node < heads_.size() ? heads_[node] : kNone; index != kNone; index = facts_[index].next)
      of_path.push_back(&facts_[index]);
    std::sort(of_path.begin(), of_path.end(), [](const Fact* a, const Fact* b) { return a->op < b->op; });
    for (const Fact* fact : of_path) {
      key.path = path;
      key.op = static_cast<FileOp>(fact->op);
      unpack(*fact, whole);
      row(key, whole);
    }
  });
}

}  // namespace profilegen
