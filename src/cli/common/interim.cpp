// SPDX-License-Identifier: Apache-2.0
#include "common/interim.h"

#include <fmt/format.h>

#include <fstream>
#include <set>

namespace profilegen::cli {

namespace {
constexpr auto kPeriod = std::chrono::seconds(2);
}  // namespace

Result<InterimDenials> InterimDenials::create(const Profile& profile, const SeccompEffect& filter, bool calls_only,
                                              const Console& console, InForce in_force) {
  auto scratch = TemporaryDirectory::create();
  if (!scratch) return scratch.error();
  return InterimDenials(std::move(*scratch), profile, filter, calls_only, console, std::move(in_force));
}

InterimDenials::InterimDenials(TemporaryDirectory scratch, const Profile& profile, SeccompEffect filter,
                               bool calls_only, const Console& console, InForce in_force)
    : scratch_(std::move(scratch)),
      profile_(profile),
      filter_(std::move(filter)),
      calls_only_(calls_only),
      console_(console),
      in_force_(std::move(in_force)) {}

void InterimDenials::follow(RecordOptions& request) const {
  if (console_.quiet) return;
  request.checkpoint = kPeriod;
  request.save_checkpoint = [this](const RecordOutcome& so_far) { tell(so_far); };
}

void InterimDenials::tell(const RecordOutcome& so_far) const {
  const std::string path = scratch_.path() + "/told";
  std::set<std::string> told;
  std::ifstream before(path);
  for (std::string line; std::getline(before, line);) told.insert(line);
  std::ofstream after(path, std::ios::app);
  const auto tell_once = [&](const std::string& key, const std::string& line) {
    if (!told.insert(key).second) return false;
    after << key << std::endl;
    console_.note(line);
    return true;
  };
  const Recording& recording = so_far.recordings.front();  // the only one: `run` starts one container
  const std::string watching =
      fmt::format("watching {}: denials are told while it runs, the verdict when it has ended", recording.name);
  tell_once(watching, watching);
  if (const Status in_force = in_force_(recording); !in_force)
    tell_once(in_force.error().line(), in_force.error().line());
  for (const Denial& denial : find_refused(profile_, filter_, recording.trace, recording.refused).denials) {
    if (calls_only_ && denial.kind != Denial::Kind::syscall) continue;
    if (tell_once(repetition_key(denial), "so far denied: " + denial_text(denial)))
      std::ofstream(scratch_.path() + "/last") << denial_text(denial);
  }
}

std::string InterimDenials::last() const {
  std::ifstream told(scratch_.path() + "/last");
  std::string denial;
  std::getline(told, denial);
  return denial;
}

}  // namespace profilegen::cli
