// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "json_fields.h"
#include "profilegen/engine.h"
#include "profilegen/shallow_json.h"

namespace profilegen {
namespace {

using nlohmann::json;

bool contains(const std::vector<std::string>& texts, const char* wanted) {
  return std::find(texts.begin(), texts.end(), wanted) != texts.end();
}

// Mounts that every engine makes itself: the default ones of OCI, and its own files from its state directory.
bool is_engines_own(const json& mount, const std::string& id) {
  const std::string type = text_of(field(mount, "type"));
  const std::string source = text_of(field(mount, "source"));
  return (type != "bind" && type != "tmpfs") || source.find(id) != std::string::npos ||
         text_of(field(mount, "destination")).starts_with("/dev");
}

/// "UID:GID"; empty for root.
std::string user_of(const json& config) {
  const json& uid = field(config, "process", "user", "uid");
  const json& gid = field(config, "process", "user", "gid");
  if (!uid.is_number_unsigned() || uid.get<unsigned>() == 0) return "";
  return std::to_string(uid.get<unsigned>()) +
         (gid.is_number_unsigned() ? ":" + std::to_string(gid.get<unsigned>()) : "");
}

/// Whether the user and the group are given as numbers, as in "1000:1000".
bool has_ids(const std::string& user) {
  return user.find(':') != std::string::npos && user.find_first_not_of("0123456789:") == std::string::npos;
}

}  // namespace

std::vector<std::string> bundle_config_paths(const std::string& id) {
  return {
      "/run/containerd/io.containerd.runtime.v2.task/moby/" + id + "/config.json",
      "/run/docker/containerd/daemon/io.containerd.runtime.v2.task/moby/" + id + "/config.json",
      "/run/containerd/io.containerd.runtime.v2.task/default/" + id + "/config.json",
      "/var/lib/containers/storage/overlay-containers/" + id + "/userdata/config.json",
      "/var/lib/containers/storage/vfs-containers/" + id + "/userdata/config.json",
  };
}

Result<ContainerInfo> parse_bundle_config(std::string_view text, const std::string& id, const Engine& engine) {
  const json config = shallow_json(text);
  if (!config.is_object()) return Error{"config.json of container " + id, "is not a JSON object"};
  ContainerInfo info;
  info.subject.engine = engine.name;
  info.subject.container_id = id;
  info.subject.container_name = id.substr(0, 12);
  info.subject.command = texts_of(field(config, "process", "args"));
  info.subject.no_new_privileges = truth_of(field(config, "process", "noNewPrivileges"));
  info.subject.read_only_root = truth_of(field(config, "root", "readonly"));
  info.subject.user = user_of(config);
  const json& mounts = field(config, "mounts");
  if (!mounts.is_array()) return info;
  for (const json& mount : mounts) {
    if (is_engines_own(mount, id)) continue;
    info.mounts.push_back({text_of(field(mount, "type")), text_of(field(mount, "source")),
                           text_of(field(mount, "destination")), contains(texts_of(field(mount, "options")), "ro")});
  }
  return info;
}

BundleSecurity security_of_bundle(std::string_view text) {
  const json config = shallow_json(text);
  if (!config.is_object()) return {};
  const json& filter = field(config, "linux", "seccomp");
  const std::string apparmor = text_of(field(config, "process", "apparmorProfile"));
  return {filter.is_object() ? filter.dump(-1, ' ', false, json::error_handler_t::replace) : "",
          apparmor.empty() ? "unconfined" : apparmor};
}

void complete_from_bundle(ContainerInfo& info, std::string_view text, const Engine& engine) {
  const auto bundle = parse_bundle_config(text, info.subject.container_id, engine);
  if (!bundle) return;
  info.subject.no_new_privileges = bundle->subject.no_new_privileges;
  if (!bundle->subject.user.empty() && !has_ids(info.subject.user)) info.subject.user = bundle->subject.user;
  if (info.subject.command != std::vector<std::string>{""}) return;
  info.subject.command = bundle->subject.command;
  info.subject.read_only_root = bundle->subject.read_only_root;
  info.mounts = bundle->mounts;
}

}  // namespace profilegen
