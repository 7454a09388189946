// SPDX-License-Identifier: Apache-2.0
#include "paths/thread_walk.h"

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>

using namespace profilegen;

namespace {

constexpr uint32_t kNoThread = 0x7fffffff;  // above the highest pid_max

ThreadWalk walk(const std::string& name, uint32_t thread) {
  const UniqueFd root(open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
  return walk_as_thread(root.get(), name, thread, true);
}

}  // namespace

TEST_CASE("a name through procfs leads where it leads the thread") {
  const ThreadWalk way = walk("/proc/self/root/etc/passwd", static_cast<uint32_t>(gettid()));
  CHECK(way.through_procfs);
  CHECK(way.at);
}

TEST_CASE("of a thread that is gone, only its standard streams are known to be no files") {
  const ThreadWalk stream = walk("/proc/self/fd/1", kNoThread);
  CHECK(stream.through_procfs);
  CHECK(stream.is_stream);
  const ThreadWalk other = walk("/proc/self/fd/3", kNoThread);
  CHECK(other.through_procfs);
  CHECK_FALSE(other.is_stream);
  CHECK_FALSE(other.at);
}

TEST_CASE("a name that does not pass through procfs is none of its business") {
  CHECK_FALSE(walk("/etc/passwd", kNoThread).through_procfs);
}
