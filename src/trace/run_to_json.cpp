// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "profilegen/path_text.h"
#include "run_json.h"
#include "subject_fields.h"

namespace profilegen {
namespace {

using nlohmann::ordered_json;

ordered_json subject_to_json(const Subject& subject) {
  ordered_json row;
  for (const auto& [name, member] : kSubjectTexts) row[std::string(name)] = path_to_text(subject.*member);
  for (const auto& [name, member] : kSubjectFlags) row[std::string(name)] = subject.*member;
  row["command"] = ordered_json::array();
  for (const std::string& argument : subject.command) row["command"].push_back(path_to_text(argument));
  for (const std::string& option : subject.loosened) row["loosened"].push_back(path_to_text(option));
  return row;
}

ordered_json hook_to_json(const HookUse& use) {
  ordered_json row;
  row["fact"] = path_to_text(use.fact);
  row["hook"] = path_to_text(use.hook);
  row["blind"] = path_to_text(use.blind);
  return row;
}

ordered_json mount_to_json(const Mount& mount) {
  ordered_json row;
  row["path"] = path_to_text(mount.path);
  row["type"] = path_to_text(mount.type);
  row["source"] = path_to_text(mount.source);
  row["origin"] = mount.origin;
  row["read_only"] = mount.read_only;
  return row;
}

ordered_json directory_to_json(const ImageDirectory& directory) {
  ordered_json row;
  row["path"] = path_to_text(directory.path);
  row["in_image"] = directory.in_image;
  row["has_content"] = directory.has_content;
  row["mode"] = directory.mode;
  row["uid"] = directory.uid;
  row["gid"] = directory.gid;
  return row;
}

ordered_json restricted_to_json(const RestrictedPath& restricted) {
  ordered_json row;
  row["path"] = path_to_text(restricted.path);
  row["mode"] = restricted.mode;
  row["uid"] = restricted.uid;
  row["gid"] = restricted.gid;
  return row;
}

ordered_json size_to_json(const DirectorySize& size) {
  ordered_json row;
  row["path"] = path_to_text(size.path);
  row["bytes"] = size.bytes;
  return row;
}

template <typename List, typename ToJson>
ordered_json list_to_json(const List& list, ToJson to_json) {
  ordered_json rows = ordered_json::array();
  for (const auto& element : list) rows.push_back(to_json(element));
  return rows;
}

}  // namespace

ordered_json run_to_json(const RunId& id, const Run& run) {
  ordered_json row;
  row["id"] = id;
  row["kernel"] = path_to_text(run.kernel);
  row["arch"] = arch_name(run.arch);
  row["duration"] = run.duration;
  row["subject"] = subject_to_json(run.subject);
  row["hooks"] = list_to_json(run.hooks, hook_to_json);
  row["loss"] = ordered_json::object();
  for (const auto& [counter, events] : run.loss) row["loss"][counter] = events;
  row["marks"] = list_to_json(run.marks, mark_name);
  row["io_uring"] = run.io_uring;
  row["mounts"] = list_to_json(run.mounts, mount_to_json);
  row["directories"] = list_to_json(run.directories, directory_to_json);
  row["restricted"] = list_to_json(run.restricted, restricted_to_json);
  row["sizes"] = list_to_json(run.sizes, size_to_json);
  row["reread"] = list_to_json(run.reread, path_to_text);
  row["remade"] = list_to_json(run.remade, path_to_text);
  row["peaks"] = ordered_json::object();
  for (const auto& [name, value] : run.peaks) row["peaks"][name] = value;
  return row;
}

}  // namespace profilegen
