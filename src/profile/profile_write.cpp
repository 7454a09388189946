// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "needed_by.h"
#include "profilegen/json_text.h"
#include "profilegen/path_text.h"
#include "profilegen/profile.h"

namespace profilegen {
namespace {

using Json = nlohmann::ordered_json;

template <typename Values, typename ToJson>
Json calls_json(const Values& values, ToJson to_json) {
  Json arches = Json::object();
  for (const auto& [call, value] : values) arches[std::string(arch_name(call.arch))][call.name] = to_json(value);
  return arches;
}

Json needed_json(const Profile& profile) {
  Json arches = Json::object();
  for (const auto& [call, who] : profile.calls)
    arches[std::string(arch_name(call.arch))][call.name] = needed_by_text(who, call.name);
  return arches;
}

Json arguments_json(const std::set<ArgumentRule>& rules) {
  Json texts = Json::array();
  for (const ArgumentRule& rule : rules) texts.push_back(argument_rule_text(rule));
  return texts;
}

/// Of a key that is not there yet. An ordered object looks for one from its beginning, which takes long in large ones.
void append(Json& object, std::string key, Json value) {
  object.get_ref<Json::object_t&>().emplace_back(std::move(key), std::move(value));
}

template <typename Values, typename ToJson>
Json paths_json(const Values& values, ToJson to_json) {
  Json paths = Json::object();
  for (const auto& [path, value] : values) append(paths, path_to_text(path), to_json(value));
  return paths;
}

Json ownership_json(const Ownership& owned) { return fmt::format("{:04o} {}:{}", owned.mode, owned.uid, owned.gid); }

Json hole_json(const Hole& hole) {
  Json object{{"kind", hole.kind == HoleKind::volume ? "volume" : "tmpfs"},
              {"mode", fmt::format("{:04o}", hole.mode)},
              {"uid", hole.uid},
              {"gid", hole.gid},
              {"exec", hole.exec},
              {"size", hole.size},
              {"reason", hole.reason}};
  if (hole.empty) object["empty"] = true;
  if (hole.uncertain) object["uncertain"] = true;
  if (!hole.directories.empty()) object["directories"] = paths_json(hole.directories, ownership_json);
  return object;
}

Json mount_json(const UserMount& mount) {
  return {{"source", path_to_text(mount.source)},
          {"origin", mount.origin},
          {"written", mount.written},
          {"read_only", mount.read_only}};
}

Json files_json(const Profile& profile) {
  Json files = Json::object();
  for (const auto& [pattern, rule] : profile.files) append(files, pattern, rule.permissions);
  return files;
}

Json objects_json(const Profile& profile) {
  Json capabilities = Json::object();
  for (const auto& [name, objects] : profile.capability_objects)
    for (const CapabilityObject& object : objects) capabilities[name].push_back(object_to_json(object));
  return capabilities;
}

Json texts_json(const std::set<std::string>& values) {
  Json texts = Json::array();
  for (const std::string& value : values) texts.push_back(path_to_text(value));
  return texts;
}

Json network_json(const Profile& profile) {
  Json network = Json::array();
  for (const auto& [family, type] : profile.network) network.push_back(family + " " + type);
  return network;
}

Json ports_json(const Profile& profile) {
  Json ports = Json::object();
  for (const auto& [socket, port] : profile.lowest_ports) ports[socket.first + " " + socket.second] = port;
  return ports;
}

}  // namespace

std::string format_profile(const Profile& profile) {
  Json root;
  root["profilegen_profile"] = kProfileVersion;
  root["arch"] = arch_name(profile.arch);
  root["container"] = profile.container;
  root["runtime"] = runtimes_text(profile.runtimes);
  root["calls"] = needed_json(profile);
  root["arguments"] = calls_json(profile.arguments, arguments_json);
  root["answers"] = calls_json(profile.answers, [](uint32_t errnum) { return errnum; });
  root["capabilities"] = profile.capabilities;
  if (!profile.file_capabilities.empty()) root["file_capabilities"] = profile.file_capabilities;
  if (!profile.kept_capabilities.empty()) root["kept_capabilities"] = profile.kept_capabilities;
  if (!profile.denied_capabilities.empty()) root["denied_capabilities"] = profile.denied_capabilities;
  if (!profile.capability_objects.empty()) root["capability_objects"] = objects_json(profile);
  root["no_new_privileges"] = profile.no_new_privileges;
  root["as_root"] = profile.as_root;
  if (!profile.users.empty()) root["users"] = texts_json(profile.users);
  root["restricted"] = paths_json(profile.restricted, ownership_json);
  root["limits"] = profile.limits;
  root["read_only_root"] = profile.read_only_root;
  root["root_reason"] = profile.root_reason;
  root["holes"] = paths_json(profile.holes, hole_json);
  if (!profile.asked.empty()) root["asked"] = texts_json(profile.asked);
  root["mounts"] = paths_json(profile.mounts, mount_json);
  root["files"] = files_json(profile);
  root["network"] = network_json(profile);
  root["needs_network"] = profile.needs_network;
  if (!profile.lowest_ports.empty()) root["lowest_ports"] = ports_json(profile);
  if (profile.ping_sockets) root["ping_sockets"] = true;
  root["incomplete"] = profile.incomplete;
  root["notes"] = profile.notes;
  return plain_json(root.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace profilegen
