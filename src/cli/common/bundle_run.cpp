// SPDX-License-Identifier: Apache-2.0
#include "common/bundle_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <sstream>

#include "common/interim.h"
#include "common/stall.h"
#include "profilegen/atomic_file.h"
#include "profilegen/emitter.h"
#include "profilegen/engine.h"
#include "profilegen/floor.h"
#include "profilegen/input_file.h"
#include "profilegen/temporary_directory.h"

namespace profilegen::cli {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// Parses the client command, which must start one container.
Result<ClientCommand> client_of(const Words& command) {
  std::error_code ignored;
  const char* project = std::getenv("COMPOSE_PROJECT_NAME");
  const ClientCommand client =
      parse_client_command(command, fs::current_path(ignored).string(), project == nullptr ? "" : project);
  if (client.kind == ClientCommand::Kind::run) return client;
  return Error{"verify", "COMMAND starts no container: it is not an engine's run command",
               "give docker run … IMAGE, or the same with podman or nerdctl, after --"};
}

/// The flags as they are in the bundle, because people edit them. emit writes none for podman: a bundle has
/// podman.flags only if somebody put the file there.
Result<std::string> flags_text(const ClientCommand& client, const Profile& profile, const std::string& bundle) {
  if (client.engine->name != "podman") return read_input(fs::path(bundle) / "docker.flags");
  const fs::path own = fs::path(bundle) / "podman.flags";
  if (fs::exists(own)) return read_input(own);
  return find_emitter("podman")->emit({profile, bundle});
}

/// A filter of the user's own in the command would come after ours, and be the one in force.
Status check_own_filter(const Words& command) {
  for (const std::string& word : command)
    if (word.starts_with("seccomp=") || word.starts_with("--security-opt=seccomp=") ||
        word.starts_with("--security-opt=seccomp:"))
      return Error{"verify", fmt::format("COMMAND has a filter of its own: {}", word), "leave it out"};
  return Done{};
}

bool asks_for_no_new_privileges(const Words& command) {
  return std::ranges::any_of(command, [](const std::string& word) {
    return (word.starts_with("no-new-privileges") || word.starts_with("--security-opt=no-new-privileges")) &&
           !word.ends_with("false");
  });
}

/// Splits the flags, one a line, and puts in the path of this filter: the text has the path under which the bundle was
/// emitted.
Words flag_words(const std::string& text, const std::string& filter) {
  Words flags;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("--security-opt=seccomp=")) line = "--security-opt=seccomp=" + filter;
    if (!line.empty()) flags.push_back(line);
  }
  return flags;
}

std::string filter_of(const std::string& bundle) { return (fs::absolute(bundle) / "seccomp.json").lexically_normal(); }

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

Result<AppArmor> confine(const std::string& bundle, Words& flags) {
  const std::string file = fs::path(bundle) / "docker-apparmor.flags";
  const auto text = read_input(file);
  if (!text) return text.error();
  constexpr std::string_view option = "--security-opt=apparmor=";
  const size_t found = text->find(option);
  if (found == std::string::npos)
    return Error{file, "names no AppArmor profile", fmt::format("{}NAME is missing: emit the bundle again", option)};
  const size_t start = found + option.size();
  const std::string profile = text->substr(start, text->find_first_of(" \n", start) - start);
  auto policy = LoadedAppArmor::load(fs::path(bundle) / "apparmor.profile", profile);
  if (!policy) return policy.error();
  auto log = AppArmorLog::open();
  if (!log) return log.error();
  flags.push_back(std::string(option) + profile);
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

/// The filter in force: `other`, or the bundle's if that is empty.
Result<SeccompEffect> filter_in_force(const std::string& other, const std::string& bundles, const Profile& profile) {
  const auto text = other.empty() ? read_input(bundles) : Result<std::string>(other);
  if (!text) return text.error();
  return SeccompEffect::of_file(*text, bundles, profile.capabilities);
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

}  // namespace

bool BundleRun::confined() const {
  return std::ranges::all_of(trace().runs, [](const auto& run) { return run.second.subject.seccomp_confined; });
}

std::set<Runtime> runtimes_of(const Words& command) {
  constexpr std::string_view option = "--runtime";
  std::string named = fs::path(command.front()).filename() == "podman" ? "" : "runc";
  for (size_t place = 1; place < command.size(); ++place) {
    if (command[place - 1] == option) named = command[place];
    if (command[place].starts_with("--runtime=")) named = command[place].substr(option.size() + 1);
  }
  const std::string program = fs::path(named).filename();
  return find_floor(program, "") ? std::set<Runtime>{{program, "", false}} : std::set<Runtime>{};
}

Result<BundleRun> run_under_bundle(const BundleCommand& request, const Profile& profile, const Console& console) {
  const auto client = client_of(request.command);
  if (!client) return client.error();
  if (Status only = check_own_filter(request.command); !only) return only.error();
  const bool alone = !request.filter.empty();
  const auto text =
      alone ? Result<std::string>("--security-opt=seccomp=FILTER\n") : flags_text(*client, profile, request.bundle);
  if (!text) return text.error();
  const auto other = other_filter(request, console);
  if (!other) return other.error();
  const auto in_force = filter_in_force(*other, filter_of(request.bundle), profile);
  if (!in_force) return in_force.error();
  std::optional<TemporaryDirectory> scratch;
  std::string filter = filter_of(request.bundle);
  if (!other->empty()) {
    auto made = stored(*other);
    if (!made) return made.error();
    scratch = std::move(*made);
    filter = scratch->path() + "/seccomp.json";
  }
  Words flags = flag_words(*text, filter);
  std::optional<AppArmor> apparmor;
  if (request.apparmor) {
    auto confined = confine(request.bundle, flags);
    if (!confined) return confined.error();
    apparmor.emplace(std::move(*confined));
  }
  RecordOptions options;
  options.command = request.command;
  options.command.insert(options.command.begin() + static_cast<std::ptrdiff_t>(client->after_subcommand), flags.begin(),
                         flags.end());
  options.refusals = true;
  options.say = [&console](const std::string& line) { console.note(line); };
  std::optional<InterimDenials> interim;
  std::optional<StallWatch> stall;
  if (request.interim) {
    auto made = InterimDenials::create(profile, *in_force, alone, console);
    if (!made) return made.error();
    interim.emplace(std::move(*made)).follow(options);
    stall
        .emplace(
            request.quiet_after, [&interim] { return interim->last(); }, console)
        .follow(options);
  }
  auto outcome = record(options);
  if (!outcome) return outcome.error();
  if (!outcome->command_started) return Error{"", outcome->failure};
  BundleRun run{std::move(*outcome),        {}, {},
                stall ? stall->told() : "", {}, asks_for_no_new_privileges(options.command)};
  if (!run.tells()) return run;
  find_denials(request, profile, *in_force, run);
  run.losses = losses_of(run.trace());
  if (apparmor) {
    const auto records = apparmor->log.take(apparmor->profile);
    if (!records) return records.error();
    append(run.denials, apparmor_denials(*records));
  }
  return run;
}

}  // namespace profilegen::cli
