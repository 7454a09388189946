// SPDX-License-Identifier: Apache-2.0
// Mounts made by the application: its names then mean other files, and those must be writable.
#include <catch2/catch.hpp>

#include "support/workload.h"

namespace {

const std::string kPlaces = "profilegen-test/places";
const Words kMayMount{"--cap-add", "SYS_ADMIN"};
// The recorder resolves a name when it reaches the event. A name that it reaches too late is counted as lost (and each
// recording here checks for losses), so each script waits before it changes its mounts again or ends.
const std::string kStay = "sleep 2";
using Lines = std::set<std::string>;

/// What the script made, without the directories and mount points that all scripts here make first.
Lines made(const Workload& work) {
  Lines found;
  for (const std::string& line : writes(work.trace()))
    if (line.starts_with("mkdir ") || line.starts_with("create ")) found.insert(line);
  return found;
}

}  // namespace

TEST_CASE("In a mount namespace of its own, a name is recorded as the file of the container that it reaches") {
  const Workload work(
      kMayMount, kPlaces,
      "unshare -m sh -c 'mount --bind /srv/empty /srv/odd && mount -t tmpfs none /home && : >/srv/odd/file && "
      "mkdir /srv/odd/sub && cd /srv/odd && mkdir relative && : >/home/own && mkdir /home/sub && mkdir /run/plain && " +
          kStay + "' && ls /srv/empty /srv/odd");
  CHECK(made(work) ==
        Lines{"create /srv/empty/file", "mkdir /srv/empty/sub", "mkdir /srv/empty/relative", "mkdir /run/plain"});
  CHECK(work.profile().holes.size() == 2);
  check_passes(work);
}

TEST_CASE("Mounts made in the container's own namespace are seen from when they are made until they are taken away") {
  const Workload work(kMayMount, kPlaces,
                      "mount --bind /srv/empty /srv/odd && mount -t tmpfs none /home && : >/srv/odd/file && "
                      "mkdir /srv/odd/sub && : >/home/own && mkdir /home/sub && " +
                          kStay + " && umount /srv/odd && mkdir /srv/odd/sub && ls /srv/empty");
  CHECK(made(work) == Lines{"create /srv/empty/file", "mkdir /srv/empty/sub", "mkdir /srv/odd/sub"});
  check_passes(work);
}

TEST_CASE("A chroot in a mount namespace of its own adds up to the container's path") {
  const Workload work(
      kMayMount, kPlaces,
      "mkdir /srv/empty/bin && unshare -m sh -c 'mount --bind /srv/empty /srv/odd && "
      "mount --bind /bin /srv/odd/bin && chroot /srv/odd /bin/sh -c \": >/file && mkdir /sub && cd sub && "
      "mkdir deep && " +
          kStay + "\"' && ls /srv/empty");
  CHECK(made(work) ==
        Lines{"mkdir /srv/empty/bin", "create /srv/empty/file", "mkdir /srv/empty/sub", "mkdir /srv/empty/sub/deep"});
  check_passes(work);
}

TEST_CASE("After pivot_root the container's files are still called as the container calls them") {
  const Workload work(kMayMount + Words{"--security-opt", "seccomp=unconfined"}, kPlaces,
                      "unshare -m sh -c 'mount -t tmpfs none /home && mkdir /home/bin /home/old && "
                      "cp /bin/busybox /home/bin/ && cd /home && " +
                          kStay +
                          " && pivot_root . old && exec /bin/busybox sh -c \""
                          ": >/inner && : >/old/srv/empty/file && cd /old/srv/empty && /bin/busybox mkdir relative && "
                          "/bin/busybox chroot /old /bin/mkdir /srv/empty/jailed && /bin/busybox " +
                          kStay + "\"' && ls /srv/empty");
  CHECK(made(work) == Lines{"create /srv/empty/file", "mkdir /srv/empty/relative", "mkdir /srv/empty/jailed"});
  CHECK(work.profile().holes.size() == 1);
}

TEST_CASE("What a task writes on mounts of its own is no hole and no loss, even if its namespace is gone at once") {
  const Workload work(kMayMount, kPlaces,
                      "for i in 0 1 2 3 4 5 6 7 8 9; do unshare -m sh -c 'mount -t tmpfs none /home && cd /home && "
                      "mkdir sub && : >sub/file && mkdir sub/deep'; done");
  CHECK(made(work).empty());
  CHECK(work.profile().holes.empty());
  check_passes(work);
}

TEST_CASE("A name that meant something else by the time it was looked up is right all the same, or counted as lost") {
  const Scratch scratch;
  // Unmounting fails while the recorder looks up a name below the mount, which takes microseconds. So it is repeated.
  const Words command{"sh", "-c",
                      "for i in 0 1 2 3 4 5 6 7 8 9; do mount --bind /srv/empty /srv/odd && mkdir /srv/odd/$i && "
                      "{ umount /srv/odd || umount /srv/odd; } || exit; done"};
  const Outcome recorded = scratch.profilegen(
      Words{"record", "--"} + docker_run(Words{"--rm", "--network", "none"} + kMayMount, kPlaces, command));
  INFO(recorded.err);
  REQUIRE(recorded.status == 0);
  const auto trace = profilegen::load_trace(scratch.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  size_t right = 0;
  for (const std::string& line : writes(*trace)) right += line.starts_with("mkdir /srv/empty/") ? 1 : 0;
  const auto& loss = only_run(*trace).loss;
  const size_t lost = loss.count("paths") == 0 ? 0 : loss.at("paths");
  CHECK(right + lost >= 10);
}
