// SPDX-License-Identifier: Apache-2.0
#include "target.h"

#include <fcntl.h>
#include <sys/random.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include "process_status.h"
#include "small_file.h"

namespace profilegen {
namespace {

// Who started a container works in its bundle's directory, wherever the engine keeps that: containerd's shim does, and
// conmon.
std::string bundle_of_parent(uint32_t pid, const std::string& id) {
  const std::string parent = status_field(process_status(static_cast<int>(pid)), "PPid");
  std::error_code gone;
  const std::string directory = std::filesystem::read_symlink("/proc/" + parent + "/cwd", gone).string();
  return directory.find(id) == std::string::npos ? "" : directory + "/config.json";
}

/// Where bundles of an engine lay that keeps them elsewhere than others: those of processes that are gone already lie
/// there, too, and only an engine's first container need live long enough to tell.
std::set<std::string>& other_bundle_directories() {
  static std::set<std::string> directories;
  return directories;
}

}  // namespace

void read_engine_files(Target& target, uint32_t pid) {
  namespace fs = std::filesystem;
  if (target.id.empty()) return;
  const auto read_from = [&target](const std::string& path) {
    target.bundle_config = read_small_file(path);
    if (target.bundle_config.empty()) return false;
    target.engine_files = inspect_from_files(target.bundle_config, path, target.id, read_small_file);
    return true;
  };
  if (std::ranges::any_of(bundle_config_paths(target.id), read_from)) return;
  std::set<std::string>& others = other_bundle_directories();
  const auto is_there = [&](const std::string& directory) {
    return read_from(directory + "/" + target.id + "/config.json");
  };
  if (std::ranges::any_of(others, is_there)) return;
  const fs::path found = bundle_of_parent(pid, target.id);
  if (read_from(found.string()) && found.parent_path().filename() == target.id)
    others.insert(found.parent_path().parent_path().string());
}

Evidence Target::evidence(const pg_first& first) const {
  Evidence evidence;
  evidence.first.ns = first.ns > begin_ns ? first.ns - begin_ns : 0;
  evidence.first.pid = first.pid;
  evidence.first.tid = first.tid;
  evidence.first.program.assign(first.program, strnlen(first.program, sizeof first.program));
  evidence.runs = {run};
  return evidence;
}

void Target::end(uint64_t ns) {
  if (!ended) end_ns = ns;
  ended = true;
}

std::string NamedEvent::key() const {
  std::string key;
  for (const __u64 part : {event.root, __u64{event.ops}, __u64{event.flags}, __u64{event.mnt_ns}})
    key += std::to_string(part) + ' ';
  return key + base + '\0' + tail;
}

RunId new_run_id() {
  uint64_t bits = 0;
  while (getrandom(&bits, sizeof bits, 0) != sizeof bits) {
  }
  std::ostringstream text;
  text << std::hex;
  text.fill('0');
  text.width(16);
  text << bits;
  return text.str();
}

bool look_into_process(Target& target, uint32_t pid) {
  const std::string process = "/proc/" + std::to_string(pid);
  UniqueFd root(open((process + "/root").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  target.mounts = parse_mountinfo(read_small_file(process + "/mountinfo"));
  if (auto own = MountNamespace::of(process)) target.namespaces.emplace(0, std::move(*own));
  const bool whole = root && !target.mounts.empty();
  target.paths = PathResolver(std::move(root));
  read_engine_files(target, pid);
  return whole;
}

}  // namespace profilegen
