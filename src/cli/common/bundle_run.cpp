// SPDX-License-Identifier: Apache-2.0
#include "common/bundle_run.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <sstream>

#include "common/interim.h"
#include "profilegen/atomic_file.h"
#include "profilegen/emitter.h"
#include "profilegen/engine.h"
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

Status write_complaining(const std::string& own, const std::string& path) {
  const auto text = read_input(own);
  if (!text) return text.error();
  const auto complaining = complaining_filter(*text, own);
  if (!complaining) return complaining.error();
  return write_file(path, *complaining);
}

/// The bundle's filter `own`, changed so that it logs calls instead of denying them, in a temporary directory.
Result<TemporaryDirectory> complaining(const std::string& own) {
  auto scratch = TemporaryDirectory::create();
  if (!scratch) return scratch.error();
  if (Status written = write_complaining(own, scratch->path() + "/seccomp.json"); !written) return written.error();
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

std::vector<Error> losses_of(const Trace& trace) {
  std::vector<Error> losses;
  for (const auto& [id, run] : trace.runs)
    for (const auto& [counter, number] : run.loss)
      losses.push_back({"verify", fmt::format("{} events of kind {} were lost", number, counter), "run it again"});
  return losses;
}

}  // namespace

Result<BundleRun> run_under_bundle(const BundleCommand& request, const Profile& profile, const Console& console) {
  const auto client = client_of(request.command);
  if (!client) return client.error();
  const auto text = flags_text(*client, profile, request.bundle);
  if (!text) return text.error();
  std::optional<TemporaryDirectory> scratch;
  std::string filter = filter_of(request.bundle);
  if (request.complain) {
    auto made = complaining(filter);
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
  if (request.interim) {
    auto made = InterimDenials::create(profile, console);
    if (!made) return made.error();
    interim.emplace(std::move(*made)).follow(options);
  }
  auto outcome = record(options);
  if (!outcome) return outcome.error();
  if (!outcome->command_started) return Error{"", outcome->failure};
  BundleRun run{std::move(*outcome), {}, {}};
  if (!run.tells()) return run;
  if (request.complain) append(run.denials, find_unlisted_calls(profile, run.trace()));
  append(run.denials, find_denials(profile, run.trace(), run.recording().refused));
  add_stacks(run.denials, run.recording().stacks);
  run.losses = losses_of(run.trace());
  if (apparmor) {
    const auto records = apparmor->log.take(apparmor->profile);
    if (!records) return records.error();
    append(run.denials, apparmor_denials(*records));
  }
  return run;
}

}  // namespace profilegen::cli
