// SPDX-License-Identifier: Apache-2.0
#include "support/podman.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <filesystem>

#include "support/background.h"

namespace fs = std::filesystem;

namespace {

// crun does not run if both versions of cgroups are mounted, so version 2 is unmounted.
constexpr const char* kScript = R"(
mount --make-rprivate /
mount -t tmpfs tmpfs /dev/shm
mount -t tmpfs tmpfs /run
if mountpoint -q /sys/fs/cgroup/unified; then umount /sys/fs/cgroup/unified; fi
exec podman --cgroup-manager cgroupfs --events-backend none --storage-driver vfs \
  --root "$PWD/podman/root" --runroot "$PWD/podman/run" --tmpdir "$PWD/podman/tmp" "$@"
)";

// In namespaces of its own, so that podman's locks, sockets and helpers vanish with it.
const Words kPrivately{"unshare", "--mount", "--pid", "--fork", "--mount-proc", "sh", "-ec", kScript, "podman"};

// True if the cgroup is gone. The kernel refuses to remove it while a process is in it.
bool remove_group(const std::string& directory) {
  return rmdir(directory.c_str()) == 0 || errno == ENOENT || errno == ENOTDIR;
}

// cgroup v1 has a tree for each controller.
void remove_groups(const std::string& name) {
  std::error_code gone;
  Words groups{"/sys/fs/cgroup/" + name};
  for (const auto& hierarchy : fs::directory_iterator("/sys/fs/cgroup", gone))
    groups.push_back(hierarchy.path().string() + "/" + name);
  for (const std::string& group : groups)
    (void)wait_until([&] { return remove_group(group + "/conmon") && remove_group(group); });
}

// What one podman client leaves for the next stays in this namespace. Only the locks in /dev/shm have no option for
// their place.
constexpr const char* kHolder = R"(
mount --make-rprivate /
mount -t tmpfs tmpfs /dev/shm
if mountpoint -q /sys/fs/cgroup/unified; then umount /sys/fs/cgroup/unified; fi
echo $$ >holder.new
mv holder.new holder
exec sleep infinity
)";

}  // namespace

Podman::Podman(const Scratch& scratch, std::string image)
    : scratch_(scratch), image_(std::move(image)), cgroup_(unique_name("podman")) {
  const std::string archive = scratch.path() + "/image.tar";
  REQUIRE(scratch.run({"docker", "save", "--output", archive, image_}).status == 0);
  const Outcome loaded = podman({"load", "--input", archive});
  INFO(loaded.err);
  REQUIRE(loaded.status == 0);
}

Podman::~Podman() { remove_groups(cgroup_); }

Outcome Podman::run(const std::string& runtime, const Words& options, const Words& command) const {
  // Limits that every machine allows: podman would ask for higher ones, which need CAP_SYS_RESOURCE.
  const Words always{"--rm",     "--network",        "none",     "--cgroup-parent", "/" + cgroup_,
                     "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1000:1000"};
  return podman(Words{"--runtime", runtime, "run"} + always + options + Words{image_} + command);
}

Outcome Podman::podman(const Words& arguments) const { return scratch_.run(kPrivately + arguments); }

PodmanHost::PodmanHost(const Scratch& scratch, const std::string& image)
    : scratch_(scratch),
      image_(image),
      cgroup_(unique_name("podman")),
      process_(std::make_unique<Background>(scratch, Words{"unshare", "--mount", "sh", "-ec", kHolder}, "holder.out")) {
  REQUIRE(wait_until([&] { return scratch.exists("holder") || !process_->runs(); }));
  holder_ = std::stoi(scratch.read("holder"));
  const std::string archive = scratch.path() + "/image.tar";
  REQUIRE(scratch.run({"docker", "save", "--output", archive, image_}).status == 0);
  const Outcome loaded = run(client("runc", {"load", "--input", archive}));
  INFO(loaded.err);
  REQUIRE(loaded.status == 0);
}

PodmanHost::~PodmanHost() {
  (void)run(client("runc", {"rm", "--all", "--force", "--time", "0", "--volumes"}));
  // Unmounts first: layers that are mounted only in the namespace would vanish with it, but not their directory.
  (void)run({"sh", "-c", "umount --all-targets --recursive podman/root/overlay; rm -rf podman"});
  process_.reset();
  remove_groups(cgroup_);
}

Words PodmanHost::inside(const Words& command) const {
  return Words{"nsenter", "--target", std::to_string(holder_), "--mount", "--wd=" + scratch_.path()} + command;
}

profilegen::Trace PodmanHost::record(const Words& command, const Words& options) const {
  const Outcome outcome = run(Words{PROFILEGEN, "record"} + options + Words{"--"} + command);
  INFO(outcome.out << outcome.err);
  REQUIRE(outcome.status == 0);
  return scratch_.trace();
}

Words PodmanHost::client(const std::string& runtime, const Words& words) const {
  const std::string own = scratch_.path() + "/podman/";
  return Words{"podman", "--runtime",  runtime,     "--cgroup-manager", "cgroupfs", "--events-backend", "none",
               "--root", own + "root", "--runroot", own + "run",        "--tmpdir", own + "tmp"} +
         words;
}

Words PodmanHost::run_words(const std::string& runtime, const Words& options, const Words& command) const {
  // Limits that every machine allows: podman would ask for higher ones, which need CAP_SYS_RESOURCE.
  const Words always{"--network",        "none",     "--cgroup-parent", "/" + cgroup_, "--ulimit",
                     "nofile=1024:1024", "--ulimit", "nproc=1000:1000"};
  return client(runtime, Words{"run"} + always + options + Words{image_} + command);
}
