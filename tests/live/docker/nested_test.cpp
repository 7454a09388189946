// SPDX-License-Identifier: Apache-2.0
// An engine in a container: what its containers do counts for the outer container.
#include <catch2/catch.hpp>

#include "support/containers.h"

using namespace profilegen;

namespace {

// Runs the machine's own engine in a root file system with only its programs. Without --privileged, since root in a
// virtual machine may lack a capability.
Words engine_inside(const Scratch& scratch) {
  Words options{"--rm", "--network", "none", "--name", unique_name("outer"), "--cgroupns", "host"};
  for (const char* capability : {"SYS_ADMIN", "NET_ADMIN", "SYS_PTRACE"})
    options = options + Words{"--cap-add", capability};
  for (const char* open : {"seccomp=unconfined", "apparmor=unconfined", "systempaths=unconfined"})
    options = options + Words{"--security-opt", open};
  const std::string mounts[] = {"/sys/fs/cgroup:/sys/fs/cgroup",
                                "/usr:/usr:ro",
                                "/usr/lib:/lib:ro",
                                "/usr/lib64:/lib64:ro",
                                "/usr/bin:/bin:ro",
                                "/usr/sbin:/sbin:ro",
                                scratch.path() + "/inner:/inner:ro"};
  for (const std::string& mount : mounts) options = options + Words{"-v", mount};
  for (const char* memory : {"/tmp", "/run:exec", "/var/lib/inner:exec"}) options = options + Words{"--tmpfs", memory};
  return options;
}

const char* const kInside = R"(export PATH=/usr/bin:/usr/sbin
export DOCKER_HOST=unix:///run/inner/sock
mkdir /run/inner
dockerd --data-root /var/lib/inner --exec-root /run/inner --pidfile /run/inner/pid -H $DOCKER_HOST --bridge none \
  --iptables=false --ip6tables=false --storage-driver vfs --log-level error >/tmp/log 2>&1 &
for _ in $(seq 150); do docker version >/dev/null 2>&1 && break; sleep 0.2; done
docker import /inner/image.tar inner >/dev/null && docker run --rm --network none inner sh -c 'chroot / mkdir /made-inside' ||
  cat /tmp/log
kill $(cat /run/inner/pid)
wait
echo over
)";

}  // namespace

TEST_CASE("What containers of an engine in a container do belongs to the outer one") {
  const Scratch scratch;
  REQUIRE(scratch
              .run({"sh", "-ec",
                    "mkdir inner; docker export $(docker create --name inner-image-$$ "
                    "profilegen-test/busybox true) >inner/image.tar; docker rm inner-image-$$"})
              .status == 0);
  const Words options = engine_inside(scratch);
  const Outcome outcome =
      scratch.profilegen(Words{"record", "--"} + docker_run(options + Words{"--entrypoint", "/usr/bin/bash"},
                                                            "profilegen-test/places", {"-c", kInside}));
  INFO(outcome.err);
  REQUIRE(outcome.out == "over\n");
  REQUIRE(outcome.status == 0);
  const auto trace = load_trace(scratch.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  CHECK(only_run(*trace).subject.container_name.find("outer") != std::string::npos);
  // The inner runtime's calls are not calls of the outer container's runtime.
  CHECK(runtime_calls(*trace).empty());
  const auto calls = app_calls(*trace);
  for (const char* name : {"pivot_root", "mount", "seccomp", "chroot"}) CHECK(calls.count(name) == 1);
  size_t made = 0;
  for (const auto& [key, fact] : trace->files)
    if (key.op == FileOp::MKDIR && key.path.ends_with("/made-inside")) {
      CAPTURE(key.path);
      CHECK(key.path.starts_with("/var/lib/inner/vfs/"));
      ++made;
    }
  CHECK(made == 1);
}
