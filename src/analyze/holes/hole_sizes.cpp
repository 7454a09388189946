// SPDX-License-Identifier: Apache-2.0
// Without a size limit a tmpfs may take half of the host's memory. The largest sizes of all files are added up, as if
// all had existed at once, so the sum is an upper bound.
#include "holes/hole_sizes.h"

#include <algorithm>
#include <bit>

#include "holes/mounts.h"
#include "profilegen/paths.h"

namespace profilegen {
namespace {

constexpr uint64_t kLeast = 64 * 1024 * 1024;  // Docker's size of /dev/shm; production has more data than tests
constexpr uint64_t kMost = uint64_t{1} << 40;  // no machine has memory for this, so it is no limit

// Calls that make a file larger without naming it by an argument.
bool writes_unseen(const Trace& trace) {
  return std::ranges::any_of(trace.syscalls, [](const auto& fact) {
    const SyscallKey& call = fact.first;
    return call.phase == Phase::app && syscall_label(call.arch, call.number) == "io_submit";
  });
}

bool is_known(const Run& run) {
  return !run.subject.engine.empty() && !run.io_uring && !run.loss.contains("files") && !run.loss.contains("paths") &&
         !run.loss.contains("returns");
}

uint64_t written_at(const std::string& place, const Run& run) {
  uint64_t bytes = 0;
  for (const DirectorySize& size : run.sizes)
    if (is_at_or_below(size.path, place) && lies_on_root(run, size.path + "/.") && bytes < kMost) bytes += size.bytes;
  return bytes;
}

}  // namespace

uint64_t size_with_head_room(const Trace& trace, const std::string& place) {
  uint64_t most = 0;
  for (const auto& [id, run] : trace.runs) {
    if (!is_known(run)) return 0;
    most = std::max(most, written_at(place, run));
  }
  if (writes_unseen(trace) || most >= kMost) return 0;
  return std::bit_ceil(std::max(most * 2, kLeast));
}

}  // namespace profilegen
