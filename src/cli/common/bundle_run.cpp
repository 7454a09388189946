// SPDX-License-Identifier: Apache-2.0
#include "common/bundle_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "common/attended_run.h"
#include "common/bundle_command.h"
#include "common/bundle_file.h"
#include "common/interim.h"
#include "common/stall.h"
#include "profilegen/atomic_file.h"
#include "profilegen/confinement_options.h"
#include "profilegen/input_file.h"
#include "profilegen/temporary_directory.h"

namespace profilegen::cli {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

bool asks_for_no_new_privileges(const Words& command, const ClientCommand& client) {
  bool asks = false;
  for (const ConfinementOption& option : confinement_options(command, client.after_subcommand))
    if (option.kind == ConfinementKind::no_new_privileges) asks = option.on;
  return asks;
}

std::string filter_of(const std::string& bundle) {
  std::error_code gone;
  return (fs::absolute(bundle, gone) / "seccomp.json").lexically_normal();
}

/// A filter that is used alone, as it is run under.
std::string filter_alone(const std::string& filter, const Console& console) {
  const auto answering = answering_filter(filter);
  if (!answering) return filter;
  console.note("for this run the filter answers EPERM where it would send a signal, so that the calls can be named");
  return *answering;
}

/// The filter to run under, if it is not the bundle's own: one that is used alone, or one that logs calls instead of
/// denying them. Empty when it is the bundle's own.
Result<std::string> other_filter(const BundleCommand& request, const Console& console) {
  if (!request.complain) return request.filter.empty() ? "" : filter_alone(request.filter, console);
  const std::string own = request.filter.empty() ? filter_of(request.bundle) : request.bundle;
  const auto text = request.filter.empty() ? read_input(own) : Result<std::string>(request.filter);
  if (!text) return text.error();
  return complaining_filter(*text, own);
}

Result<TemporaryDirectory> stored(const std::string& filter) {
  auto scratch = TemporaryDirectory::create();
  if (!scratch) return scratch.error();
  if (Status written = write_file(scratch->path() + "/seccomp.json", filter); !written) return written.error();
  return scratch;
}

/// Keeps the bundle's AppArmor profile loaded while this object lives.
struct AppArmor {
  std::string profile;
  LoadedAppArmor policy;
  AppArmorLog log;
};

Result<AppArmor> confine(const std::string& bundle, BundleFlags& flags) {
  const std::string file = fs::path(bundle) / "docker-apparmor.flags";
  const auto words = read_flags(bundle, "docker-apparmor.flags");
  if (!words) return words.error();
  constexpr std::string_view option = "--security-opt=apparmor=";
  const auto found = std::ranges::find_if(*words, [&](const std::string& word) { return word.starts_with(option); });
  if (found == words->end())
    return Error{file, "names no AppArmor profile", fmt::format("{}NAME is missing: emit the bundle again", option)};
  const std::string profile = found->substr(option.size());
  if (Status own = check_apparmor(bundle, profile); !own) return own.error();
  auto policy = LoadedAppArmor::load(fs::path(bundle) / "apparmor.profile", profile);
  if (!policy) return policy.error();
  auto log = AppArmorLog::open();
  if (!log) return log.error();
  flags.add(std::string(option) + profile);
  return AppArmor{profile, std::move(*policy), std::move(*log)};
}

void append(std::vector<Denial>& denials, std::vector<Denial> more) {
  for (Denial& denial : more) denials.push_back(std::move(denial));
}

/// Under a filter alone: only its own denials, with what is known of allowed calls that it denied for their arguments.
void keep_denied_calls(const Profile& allowed, BundleRun& run) {
  for (auto* list : {&run.denials, &run.others})
    std::erase_if(*list, [](const Denial& denial) { return denial.kind != Denial::Kind::syscall; });
  for (Denial& denial : run.denials)
    if (allowed.calls.contains(denial.call)) denial.arguments = "with arguments that the filter does not allow";
}

/// The start of a container that was made before, with the same client.
ClientCommand start_of(const BundleCommand& request, const ClientCommand& client) {
  ClientCommand start = client;
  start.kind = ClientCommand::Kind::start;
  start.cidfile.clear();
  start.names = {request.again};
  return start;
}

Words start_words(const ClientCommand& start, bool attached) {
  Words words = start.client;
  words.emplace_back("start");
  if (attached) words.emplace_back("--attach");
  words.push_back(start.names.front());
  return words;
}

void find_denials(const BundleCommand& request, const Profile& profile, const SeccompEffect& filter, BundleRun& run) {
  if (request.complain) append(run.denials, find_unlisted_calls(profile, run.trace()));
  Refused refused = find_refused(profile, filter, run.trace(), run.recording().refused);
  append(run.denials, std::move(refused.denials));
  run.others = std::move(refused.others);
  if (!request.filter.empty()) keep_denied_calls(profile, run);
  add_stacks(run.denials, run.recording().stacks);
}

std::vector<Error> losses_of(const Trace& trace) {
  std::vector<Error> losses;
  for (const auto& [id, run] : trace.runs)
    for (const auto& [counter, number] : run.loss)
      losses.push_back({"verify", fmt::format("{} events of kind {} were lost", number, counter), "run it again"});
  return losses;
}

/// What a run under a bundle stands on.
struct Prepared {
  ClientCommand client;
  std::string filter;                         ///< the text of the filter that it runs under
  std::optional<TemporaryDirectory> scratch;  ///< holds that filter, if it is not the bundle's own
  std::optional<AppArmor> apparmor;
  BundleConfinement confinement;
  Words command;
  Words left_out;
};

/// Returns the path of the filter to run under.
Result<std::string> prepare_filter(const BundleCommand& request, const Console& console, Prepared& prepared) {
  const auto other = other_filter(request, console);
  if (!other) return other.error();
  const std::string own = filter_of(request.bundle);
  const auto text = other->empty() ? read_input(own) : other;
  if (!text) return text.error();
  prepared.filter = *text;
  if (other->empty()) return own;
  auto made = stored(*other);
  if (!made) return made.error();
  prepared.scratch = std::move(*made);
  return prepared.scratch->path() + "/seccomp.json";
}

Result<Prepared> prepare(const BundleCommand& request, const Profile& profile, const Console& console) {
  const auto client = client_of(request.command);
  if (!client) return client.error();
  auto flags = request.filter.empty() ? BundleFlags::of_bundle(*client, profile, request.bundle)
                                      : Result<BundleFlags>(BundleFlags::of_filter(request.bundle));
  if (!flags) return flags.error();
  Prepared prepared{*client, "", {}, {}, {}, {}, {}};
  const auto filter = prepare_filter(request, console, prepared);
  if (!filter) return filter.error();
  if (request.apparmor) {
    auto confined = confine(request.bundle, *flags);
    if (!confined) return confined.error();
    prepared.apparmor.emplace(std::move(*confined));
  }
  auto confinement = flags->confinement(profile);
  if (!confinement) return confinement.error();
  prepared.confinement = std::move(*confinement);
  auto command = flags->put_into(request.command, *client, *filter, prepared.left_out);
  if (!command) return command.error();
  prepared.command = std::move(*command);
  return prepared;
}

/// Whether the container was confined as the bundle says, looked at when its program was executed.
Status check_in_force(const Prepared& prepared, const Recording& recording) {
  std::vector<std::string> clauses;
  for (const auto& found : recording.confinements) {
    if (!found || !clauses.empty()) continue;
    clauses = differences(prepared.confinement, *found);
    const std::string other = filter_difference(prepared.filter, *found);
    if (!other.empty()) clauses.push_back(other);
  }
  if (clauses.empty()) return Done{};
  return Error{"verify", fmt::format("the policy in force is not the bundle's: {}", fmt::join(clauses, ", ")),
               "see whether the engine has not got what the flags ask for, or its settings, a wrapper of its client or "
               "edited flags change that"};
}

/// Nothing is proven of a container of which that could not be seen.
void tell_not_looked_at(const Recording& recording, std::vector<Error>& losses) {
  if (std::ranges::all_of(recording.confinements, [](const auto& found) { return found.has_value(); })) return;
  losses.push_back({"verify", fmt::format("how {} was confined could not be looked at", recording.name),
                    "run it again: it is not proven that the bundle's policy was in force"});
}

}  // namespace

std::string left_out_text(const Words& left_out) {
  return fmt::format("left out of COMMAND, because the bundle's flags set this: {}; leave it out wherever you use them",
                     fmt::join(left_out, ", "));
}

Result<BundleRun> run_under_bundle(const BundleCommand& request, const Profile& profile, const Console& console) {
  const bool alone = !request.filter.empty();
  auto prepared = prepare(request, profile, console);
  if (!prepared) return prepared.error();
  const auto in_force = SeccompEffect::of_file(prepared->filter, filter_of(request.bundle), profile.capabilities);
  if (!in_force) return in_force.error();
  if (request.interim && !prepared->left_out.empty()) console.note(left_out_text(prepared->left_out));
  RecordOptions options;
  const ClientCommand started = request.again.empty() ? prepared->client : start_of(request, prepared->client);
  options.command = request.again.empty() ? prepared->command : start_words(started, !request.attendance);
  options.keep_messages = true;
  options.refusals = true;
  options.say = [&console](const std::string& line) { console.note(line); };
  std::optional<InterimDenials> interim;
  std::optional<StallWatch> stall;
  if (request.interim) {
    auto made = InterimDenials::create(profile, *in_force, alone, console,
                                       [&](const Recording& so_far) { return check_in_force(*prepared, so_far); });
    if (!made) return made.error();
    interim.emplace(std::move(*made)).follow(options);
    stall
        .emplace(
            request.quiet_after, [&interim] { return interim->last(); }, console)
        .follow(options);
  }
  std::optional<Attended> attended;
  auto outcome = record_attended(options, started, request.attendance, attended);
  if (!outcome) return outcome.error();
  if (!outcome->command_started) return Error{"", outcome->failure};
  BundleRun run{std::move(*outcome),
                {},
                {},
                stall ? stall->told() : "",
                {},
                attended,
                asks_for_no_new_privileges(prepared->command, prepared->client),
                prepared->left_out};
  if (!run.tells()) return run;
  if (Status same = check_in_force(*prepared, run.recording()); !same) return same.error();
  find_denials(request, profile, *in_force, run);
  run.losses = losses_of(run.trace());
  if (run.ran()) tell_not_looked_at(run.recording(), run.losses);
  if (auto& apparmor = prepared->apparmor) {
    const auto records = apparmor->log.take(apparmor->profile);
    if (!records) return records.error();
    append(run.denials, apparmor_denials(*records));
  }
  return run;
}

}  // namespace profilegen::cli
