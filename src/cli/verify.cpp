// SPDX-License-Identifier: Apache-2.0
#include "profilegen/verify.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>

#include "common/bundle.h"
#include "common/subcommand.h"
#include "profilegen/atomic_file.h"
#include "profilegen/emitter.h"
#include "profilegen/engine.h"
#include "profilegen/input_file.h"
#include "profilegen/recorder.h"
#include "profilegen/temporary_directory.h"

namespace profilegen::cli {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr int kDenied = 1;
constexpr int kOwnFailure = 2;

struct Options {
  std::string bundle;
  std::string fixed;
  bool complain = false;
  std::vector<std::string> command;
};

/// The client command, which must be the start of one container.
Result<ClientCommand> client_of(const Words& command) {
  std::error_code ignored;
  const char* project = std::getenv("COMPOSE_PROJECT_NAME");
  const ClientCommand client =
      parse_client_command(command, fs::current_path(ignored).string(), project == nullptr ? "" : project);
  if (client.kind == ClientCommand::Kind::run) return client;
  return Error{"verify", "COMMAND starts no container by run",
               "give docker run … IMAGE, or podman's or nerdctl's, behind --"};
}

/// The flags as they stand in the bundle, since people edit them. A bundle has none for podman unless somebody put them
/// there.
Result<std::string> flags_text(const ClientCommand& client, const Profile& profile, const std::string& bundle) {
  if (client.engine->name != "podman") return read_input(fs::path(bundle) / "docker.flags");
  const fs::path own = fs::path(bundle) / "podman.flags";
  if (fs::exists(own)) return read_input(own);
  return find_emitter("podman")->emit({profile, bundle});
}

/// One word a line, with this filter in place of the one that the bundle had where it was emitted.
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

/// In place of a bundle's filter.
Status write_complaining(const std::string& own, const std::string& path) {
  const auto text = read_input(own);
  if (!text) return text.error();
  const auto complaining = complaining_filter(*text, own);
  if (!complaining) return complaining.error();
  return write_file(path, *complaining);
}

struct Prepared {
  Profile profile;
  RecordOptions request;
  std::optional<TemporaryDirectory> scratch;  ///< for a filter that complains
};

Result<Prepared> prepare(const Options& options, const Console& console) {
  auto profile = load_profile(fs::path(options.bundle) / "profile.json");
  if (!profile) return profile.error();
  const auto client = client_of(options.command);
  if (!client) return client.error();
  const auto text = flags_text(*client, *profile, options.bundle);
  if (!text) return text.error();
  Prepared prepared{std::move(*profile), {}, {}};
  std::string filter = filter_of(options.bundle);
  if (options.complain) {
    auto scratch = TemporaryDirectory::create();
    if (!scratch) return scratch.error();
    prepared.scratch = std::move(*scratch);
    const std::string complaining = prepared.scratch->path() + "/seccomp.json";
    if (Status written = write_complaining(filter, complaining); !written) return written.error();
    filter = complaining;
  }
  const Words flags = flag_words(*text, filter);
  prepared.request.command = options.command;
  prepared.request.command.insert(
      prepared.request.command.begin() + static_cast<std::ptrdiff_t>(client->after_subcommand), flags.begin(),
      flags.end());
  prepared.request.refusals = true;
  prepared.request.say = [&console](const std::string& line) { console.note(line); };
  return prepared;
}

/// What was lost may have been a denial.
bool tell_loss(const Trace& trace) {
  bool lost = false;
  for (const auto& [id, run] : trace.runs)
    for (const auto& [counter, number] : run.loss) {
      print_error({"verify", fmt::format("{} events of kind {} were lost", number, counter), "run it again"});
      lost = true;
    }
  return lost;
}

Status write_fixed(const Options& options, const Profile& wider, const Console& console) {
  const auto artifacts = emit_bundle({wider, options.fixed});
  if (!artifacts) return artifacts.error();
  if (Status written = write_bundle(options.fixed, artifacts.value()); !written) return written;
  console.note(
      fmt::format("{0} also allows what was denied, see: profilegen diff {1} {0}", options.fixed, options.bundle));
  return Done{};
}

std::string verdict(const RecordOutcome& outcome, size_t denials) {
  const std::string status = outcome.exit_status == 0
                                 ? "the command succeeded"
                                 : fmt::format("the command ended with status {}", outcome.exit_status);
  return fmt::format("{}, {}", status, denials == 0 ? "and nothing was denied" : fmt::format("{} denied", denials));
}

int run(const Options& options, const Console& console) {
  const auto prepared = prepare(options, console);
  if (!prepared) return fail(prepared.error(), kOwnFailure);
  const auto outcome = record(prepared->request);
  if (!outcome) return fail(outcome.error(), kOwnFailure);
  if (!outcome->command_started) return fail({"", outcome->failure}, kOwnFailure);
  if (outcome->recordings.empty()) {
    const std::string status = fmt::format("no container ran; the command ended with status {}", outcome->exit_status);
    return fail({"verify", status, "the engine's own message says why"}, kDenied);
  }
  const Recording& container = outcome->recordings.front();  // `run` starts one
  auto denials = options.complain ? find_unlisted_calls(prepared->profile, container.trace) : std::vector<Denial>{};
  for (Denial& denial : find_denials(prepared->profile, container.trace, container.refused))
    denials.push_back(std::move(denial));
  for (const Denial& denial : denials) {
    const bool let_through = denial.kind == Denial::Kind::syscall && denial.errnum == 0;
    print_error({let_through ? "would be denied" : "denied", denial_text(denial)});
  }
  const bool lost = tell_loss(container.trace);
  console.note(verdict(*outcome, denials.size()));
  if (!options.fixed.empty()) {
    const auto wider = allow(prepared->profile, container.trace, denials);
    if (!wider) return fail(wider.error(), kOwnFailure);
    if (Status written = write_fixed(options, *wider, console); !written) return fail(written.error(), kOwnFailure);
  }
  return outcome->exit_status == 0 && denials.empty() && !lost ? 0 : kDenied;
}

constexpr const char* kFooter =
    "The bundle's flags are put into COMMAND, and the container is watched by the same hooks as in a recording: calls "
    "that\n"
    "its filter denied, capabilities that it asked for and did not get, and changes that a read-only file system "
    "refused.\n"
    "What was denied in the recording as well is no denial: the program went on without it then, too.\n"
    "Exit status: 0 the command succeeded and nothing was denied, 1 otherwise, 2 error.\n"
    "\nExamples:\n"
    "  sudo profilegen verify profilegen-out -- docker run --rm IMAGE\n"
    "  sudo profilegen verify profilegen-out --complain --fix wider -- docker run --rm IMAGE\n";

}  // namespace

Command add_verify(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("BUNDLE", options->bundle, "Directory that emit wrote")->required()->type_name("DIR");
  app.add_flag("--complain", options->complain,
               "Let calls through that the filter would deny, and name all of them in one run");
  app.add_option("--fix", options->fixed, "Write a bundle to DIR that also allows what was denied")->type_name("DIR");
  app.add_option("COMMAND", options->command, "docker run, podman run or nerdctl run, behind --")->required();
  app.footer(kFooter);
  return {[options](const Console& console) { return run(*options, console); }, kUsageError, &options->command};
}

}  // namespace profilegen::cli
