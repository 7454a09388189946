// SPDX-License-Identifier: Apache-2.0
#include "common/second_start.h"

#include <fmt/format.h>

#include "common/bundle_command.h"
#include "profilegen/lines.h"

namespace profilegen::cli {

namespace {

void tell_lost(const std::vector<LostData>& lost) {
  for (const LostData& data : lost)
    print_error({"lost at the restart", fmt::format("{}, which lay in the policy's tmpfs {}", data.file, data.hole),
                 "a volume keeps it: --volume=" + data.hole + ", as verify --fix writes it"});
}

/// What may have been the reason where nothing shows it: files in temporary places, on which programs may not count.
void tell_emptied(const Profile& profile, const BundleRun& first, const Console& console) {
  const auto places = emptied_at_stop(profile, first.recording().files);
  if (!places.empty())
    console.note(
        fmt::format("the restart emptied the policy's tmpfs {}: if the program needs what it had there, put a "
                    "volume in its place: --volume=PATH",
                    listed(places)));
}

}  // namespace

Status prepare_restart(BundleCommand& request) {
  const auto client = client_of(request.command);
  if (!client) return client.error();
  if (client->removes)
    return Error{"--restart", "COMMAND has --rm, so there is no container to start again when it has stopped",
                 "leave --rm out, and remove the container afterwards: docker rm --volumes NAME"};
  if (client->detached && !request.attendance) request.attendance.emplace();
  return Done{};
}

Result<SecondStart> start_again(const BundleCommand& request, const Profile& profile, const BundleRun& first,
                                const Console& console) {
  BundleCommand again = request;
  again.again = first.trace().runs.begin()->second.subject.container_id;
  if (again.attendance) again.attendance->start = 2;
  console.note(fmt::format("{} has stopped, and is started again", first.recording().name));
  auto run = run_under_bundle(again, profile, console);
  if (!run) return run.error();
  SecondStart second{std::move(*run), lost_at_stop(profile, first.trace(), first.recording().files)};
  tell_lost(second.lost);
  const bool failed = !second.run.ran() || second.run.outcome.exit_status != 0;
  if (failed && second.run.denials.empty() && second.lost.empty()) tell_emptied(profile, first, console);
  return second;
}

Result<Profile> allow_second(const Profile& profile, const SecondStart& second) {
  auto wider = second.run.tells() ? allow(profile, second.run.trace(), second.run.denials) : Result<Profile>(profile);
  if (!wider) return wider;
  return keep_data(std::move(*wider), second.lost);
}

}  // namespace profilegen::cli
