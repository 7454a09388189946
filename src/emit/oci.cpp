// SPDX-License-Identifier: Apache-2.0
// config.json of an OCI bundle (OCI runtime specification 1.0.2), like the one of `runc spec`, with the policy filled
// in. The user fills in the program, its user, environment and network.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "profilegen/json_text.h"
#include "support/capability_names.h"
#include "support/hole_flags.h"
#include "support/hole_mounts.h"
#include "support/incomplete.h"
#include "support/network_rules.h"
#include "support/registry.h"

namespace profilegen {
namespace {

using Json = nlohmann::ordered_json;

Json process(const Profile& profile) {
  Json capabilities = Json::array();
  for (const std::string& name : named_capabilities(profile)) capabilities.push_back("CAP_" + name);
  // No capability is inheritable or ambient: a program that is executed as another user has none.
  return {{"terminal", false},
          {"user", {{"uid", 0}, {"gid", 0}}},
          {"args", {"sh"}},
          {"env", {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}},
          {"cwd", "/"},
          {"capabilities", {{"bounding", capabilities}, {"effective", capabilities}, {"permitted", capabilities}}},
          {"noNewPrivileges", profile.no_new_privileges}};
}

Json mount(const char* destination, const char* type, const char* source, const std::vector<std::string>& options) {
  return {{"destination", destination}, {"type", type}, {"source", source}, {"options", options}};
}

// The mounts that the specification requires of a container (config-linux.md, "Default Filesystems"), and a read-only
// /sys.
Json default_mounts() {
  return {
      mount("/proc", "proc", "proc", {"nosuid", "noexec", "nodev"}),
      mount("/dev", "tmpfs", "tmpfs", {"nosuid", "strictatime", "mode=755", "size=65536k"}),
      mount("/dev/pts", "devpts", "devpts", {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"}),
      mount("/dev/shm", "tmpfs", "shm", {"nosuid", "noexec", "nodev", "mode=1777", "size=65536k"}),
      mount("/dev/mqueue", "mqueue", "mqueue", {"nosuid", "noexec", "nodev"}),
      mount("/sys", "sysfs", "sysfs", {"nosuid", "noexec", "nodev", "ro"})};
}

// A runtime has no volumes. What must outlive a stop lies in the bundle's own root file system, bound to where it is
// already: that mount is not read-only.
Json kept_mount(const std::string& path, const Hole& hole) {
  const std::string source = "rootfs" + path;
  return mount(path.c_str(), "bind", source.c_str(), {"bind", "rw", "nosuid", "nodev", hole.exec ? "exec" : "noexec"});
}

Json hole_mount(const std::string& path, const Hole& hole) {
  if (hole.kind == HoleKind::volume) return kept_mount(path, hole);
  std::vector<std::string> options{"nosuid", "nodev", hole.exec ? "exec" : "noexec"};
  options.push_back(fmt::format("mode={:04o}", hole.mode));
  options.push_back(fmt::format("uid={}", hole.uid));
  options.push_back(fmt::format("gid={}", hole.gid));
  if (hole.size != 0) options.push_back("size=" + mebibytes(hole.size) + "m");
  return mount(path.c_str(), "tmpfs", "tmpfs", options);
}

Json mounts(const Profile& profile) {
  Json all = default_mounts();
  if (!profile.read_only_root) return all;
  for (const auto& [path, hole] : hole_mounts(profile)) all.push_back(hole_mount(path, hole));
  return all;
}

Json linux_part(const std::string& seccomp) {
  Json namespaces = Json::array();
  for (const char* type : {"pid", "network", "ipc", "uts", "mount", "cgroup"}) namespaces.push_back({{"type", type}});
  // Docker and containerd hide the same paths.
  const Json masked{"/proc/acpi",        "/proc/asound", "/proc/kcore",      "/proc/keys",        "/proc/latency_stats",
                    "/proc/sched_debug", "/proc/scsi",   "/proc/timer_list", "/proc/timer_stats", "/sys/firmware"};
  const Json read_only{"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"};
  return {{"namespaces", namespaces},
          {"maskedPaths", masked},
          {"readonlyPaths", read_only},
          {"seccomp", Json::parse(seccomp)}};
}

}  // namespace

Result<std::string> emit_oci(const EmitInput& input) {
  const Profile& profile = input.profile;
  if (Status container = require_container(profile, "config.json"); !container) return container.error();
  if (Status holes = require_flag_paths(profile); !holes) return holes.error();
  const Result<std::string> seccomp = emit_seccomp(input);
  if (!seccomp) return seccomp.error();
  Json config{{"ociVersion", "1.0.2"},
              {"process", process(profile)},
              {"root", {{"path", "rootfs"}, {"readonly", profile.read_only_root}}},
              {"hostname", input.name},
              {"mounts", mounts(profile)},
              {"linux", linux_part(*seccomp)}};
  for (const auto& [name, value] : network_sysctls(profile)) config["linux"]["sysctl"][name] = value;
  if (!profile.incomplete.empty()) config["annotations"] = {{"profilegen.incomplete", incomplete_comment(profile)}};
  return plain_json(config.dump(2, ' ', true, Json::error_handler_t::replace)) + "\n";
}

}  // namespace profilegen
