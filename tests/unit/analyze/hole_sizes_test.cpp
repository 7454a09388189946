// SPDX-License-Identifier: Apache-2.0
#include "evidence.h"

using namespace profilegen;

namespace {

constexpr uint64_t kMiB = 1024 * 1024;

/// A trace with writes in /tmp, and the sizes of the directories below it.
TraceOf writing(std::vector<DirectorySize> sizes) {
  TraceOf trace;
  trace.file("/tmp/a", FileOp::CREATE);
  trace.run().sizes = std::move(sizes);
  return trace;
}

uint64_t size_of(TraceOf trace) { return trace.profile().holes.at("/tmp").size; }

}  // namespace

TEST_CASE("a tmpfs has room for twice of all that was written below it, as a power of two of 64 MiB or more") {
  CHECK(size_of(writing({})) == 64 * kMiB);
  CHECK(size_of(writing({{"/tmp", 32 * kMiB}})) == 64 * kMiB);
  CHECK(size_of(writing({{"/tmp", 32 * kMiB}, {"/tmp/sub", 4096}})) == 128 * kMiB);
  CHECK(size_of(writing({{"/tmp", 100 * kMiB}, {"/tmp/sub/x", 100 * kMiB}})) == 512 * kMiB);
  CHECK(size_of(writing({{"/tmp-other", 100 * kMiB}, {"/var", 100 * kMiB}})) == 64 * kMiB);
}

TEST_CASE("what was written on a mount of the user's own below it takes no room of it") {
  TraceOf trace = writing({{"/tmp/data", 100 * kMiB}, {"/tmp/data/x", 100 * kMiB}});
  CHECK(size_of(trace) == 512 * kMiB);
  CHECK(size_of(trace.mount("/tmp/data", "volume")) == 64 * kMiB);
}

TEST_CASE("the run that wrote most decides") {
  TraceOf trace = writing({{"/tmp", 100 * kMiB}});
  trace.run("run1") = trace.run();
  trace.run("run1").sizes = {{"/tmp", 4096}};
  CHECK(size_of(trace) == 256 * kMiB);
}

TEST_CASE("there is no limit where what was written is not all known") {
  TraceOf ring = writing({});
  ring.run().io_uring = true;
  CHECK(size_of(ring) == 0);
  CHECK(size_of(writing({}).call("io_submit")) == 0);
  for (const char* counter : {"files", "paths", "returns"}) {
    TraceOf lossy = writing({});
    lossy.run().loss[counter] = 1;
    CHECK(size_of(lossy) == 0);
  }
  TraceOf other = writing({});
  other.run("run1");
  CHECK(size_of(other) == 0);
  CHECK(size_of(writing({{"/tmp", uint64_t{1} << 62}})) == 0);
}

TEST_CASE("a volume lies on a disk and has no limit") {
  TraceOf trace = writing({{"/tmp", 4096}});
  trace.image_directory("/tmp", true);
  CHECK(trace.profile().holes.at("/tmp").kind == HoleKind::volume);
  CHECK(size_of(trace) == 0);
}
