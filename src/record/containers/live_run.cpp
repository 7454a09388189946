// SPDX-License-Identifier: Apache-2.0
#include "containers/live_run.h"

#include <fcntl.h>
#include <sys/random.h>

#include <sstream>
#include <utility>

#include "files/file_capabilities.h"
#include "profilegen/process/small_file.h"

namespace profilegen {

Evidence LiveRun::evidence(const pg_first& first) const {
  Evidence evidence;
  evidence.first.ns = first.ns > begin_ns ? first.ns - begin_ns : 0;
  evidence.first.pid = first.pid;
  evidence.first.tid = first.tid;
  evidence.first.program.assign(first.program, strnlen(first.program, sizeof first.program));
  evidence.runs = {run};
  return evidence;
}

void LiveRun::end(uint64_t ns) {
  if (!ended) end_ns = ns;
  ended = true;
}

void forget(LiveRun& live) {
  LiveRun left;
  left.index = live.index;
  left.run = std::move(live.run);
  left.begin_ns = live.begin_ns;
  left.id = std::move(live.id);
  left.foreign = live.foreign;
  left.engine = live.engine;
  left.wanted = live.wanted;
  left.unconfined = live.unconfined;
  left.late = live.late;
  left.ended = live.ended;
  left.end_ns = live.end_ns;
  left.asked = live.asked;
  live = std::move(left);
}

std::string NamedEvent::key() const {
  std::string key;
  for (const __u64 part : {event.root, __u64{event.ops}, __u64{event.flags}, event.mnt_ns})
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

bool look_into_process(LiveRun& live, uint32_t pid) {
  const std::string process = "/proc/" + std::to_string(pid);
  // First its mount namespace, which an open descriptor keeps with all mounts: the process may live for a millisecond.
  if (auto own = MountNamespace::of(process, live.paths.lookups())) live.namespaces.emplace(0, std::move(*own));
  UniqueFd root(open((process + "/root").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  live.mounts = parse_mountinfo(read_small_file(process + "/mountinfo"));
  const std::string users = read_small_file(process + "/uid_map");
  live.root_user = root_outside(users);
  live.users = IdMap::parse(users);
  live.groups = IdMap::parse(read_small_file(process + "/gid_map"));
  const bool whole = root && !live.mounts.empty();
  live.paths = PathResolver(std::move(root), live.paths.lookups());
  return whole;
}

}  // namespace profilegen
