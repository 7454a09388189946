// SPDX-License-Identifier: Apache-2.0
#include "common/interim.h"

#include <fmt/format.h>

#include <fstream>
#include <set>

namespace profilegen::cli {

namespace {
constexpr auto kPeriod = std::chrono::seconds(2);
constexpr std::string_view kDenied = "so far denied: ";
}  // namespace

Result<InterimDenials> InterimDenials::create(const Profile& profile, const SeccompEffect& filter, bool calls_only,
                                              const Console& console) {
  auto scratch = TemporaryDirectory::create();
  if (!scratch) return scratch.error();
  return InterimDenials(std::move(*scratch), profile, filter, calls_only, console);
}

InterimDenials::InterimDenials(TemporaryDirectory scratch, const Profile& profile, SeccompEffect filter,
                               bool calls_only, const Console& console)
    : scratch_(std::move(scratch)),
      profile_(profile),
      filter_(std::move(filter)),
      calls_only_(calls_only),
      console_(console) {}

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
  const auto tell_once = [&](const std::string& line) {
    if (!told.insert(line).second) return;
    after << line << std::endl;
    console_.note(line);
  };
  const Recording& recording = so_far.recordings.front();  // the only one: `run` starts one container
  tell_once(fmt::format("watching {}: denials are told while it runs, the verdict when it has ended", recording.name));
  for (const Denial& denial : find_refused(profile_, filter_, recording.trace, recording.refused).denials)
    if (!calls_only_ || denial.kind == Denial::Kind::syscall) tell_once(std::string(kDenied) + denial_text(denial));
}

std::string InterimDenials::last() const {
  std::ifstream told(scratch_.path() + "/told");
  std::string denial;
  for (std::string line; std::getline(told, line);)
    if (line.starts_with(kDenied)) denial = line.substr(kDenied.size());
  return denial;
}

}  // namespace profilegen::cli
