// SPDX-License-Identifier: Apache-2.0
// Docker keeps a container's data in config.v2.json and hostconfig.json, in a directory for each container (moby,
// daemon/container/container.go). podman keeps one containers.json for all of them (containers/storage, containers.go).
// Both are written before the container starts, and reading them is faster than asking the client.
#include <algorithm>
#include <filesystem>

#include "json_fields.h"
#include "profilegen/engine.h"
#include "profilegen/shallow_json.h"

namespace profilegen {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

json read_json(const std::string& path, const ReadFile& read_file) { return shallow_json(read_file(path)); }

// Turns a map from mount point to mount into the list that `inspect` prints.
json mounts_at(const json& mount_points) {
  json mounts = json::array();
  if (!mount_points.is_object()) return mounts;
  for (const auto& [path, point] : mount_points.items()) {
    if (!point.is_object()) continue;
    json mount = point;
    mount["Destination"] = path;
    mounts.push_back(std::move(mount));
  }
  return mounts;
}

// Docker's directory of the container: the bundle mounts files such as /etc/hosts from there.
std::string docker_directory(const json& bundle, const std::string& id) {
  const json& mounts = field(bundle, "mounts");
  if (!mounts.is_array()) return "";
  for (const json& mount : mounts) {
    const fs::path directory = fs::path(text_of(field(mount, "source"))).parent_path();
    if (directory.filename() == id) return directory.string();
  }
  return "";
}

json from_docker(const json& bundle, const std::string& id, const ReadFile& read_file) {
  const std::string directory = docker_directory(bundle, id);
  if (directory.empty()) return nullptr;
  json container = read_json(directory + "/config.v2.json", read_file);
  if (text_of(field(container, "ID")) != id) return nullptr;
  container["Id"] = id;
  container["Mounts"] = mounts_at(field(container, "MountPoints"));
  container["HostConfig"] = read_json(directory + "/hostconfig.json", read_file);
  container.erase("State");  // written before it started
  return container;
}

// `bundle_path` is …/overlay-containers/ID/userdata/config.json. The container's name is in a JSON text inside of a
// string.
json from_podman(const std::string& bundle_path, const std::string& id, const ReadFile& read_file) {
  const fs::path store = fs::path(bundle_path).parent_path().parent_path().parent_path();
  const json all = read_json(store.string() + "/containers.json", read_file);
  if (!all.is_array()) return nullptr;
  for (const json& one : all) {
    if (text_of(field(one, "id")) != id) continue;
    const json about = shallow_json(text_of(field(one, "metadata")));
    return {{"Id", id},
            {"Name", text_of(field(about, "name"))},
            {"Image", text_of(field(about, "image-id"))},
            {"Config", {{"Image", text_of(field(about, "image-name"))}}}};
  }
  return nullptr;
}

}  // namespace

std::string inspect_from_files(std::string_view bundle_config, const std::string& bundle_path, const std::string& id,
                               const ReadFile& read_file) {
  const json bundle = shallow_json(bundle_config);
  json container = from_docker(bundle, id, read_file);
  if (!container.is_object()) container = from_podman(bundle_path, id, read_file);
  return container.is_object() ? json::array({container}).dump() : "";
}

}  // namespace profilegen
