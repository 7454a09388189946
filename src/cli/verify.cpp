// SPDX-License-Identifier: Apache-2.0
#include "profilegen/verify.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <memory>

#include "common/bundle.h"
#include "common/bundle_run.h"
#include "common/subcommand.h"
#include "profilegen/analyze.h"
#include "profilegen/capabilities.h"
#include "profilegen/emitter.h"
#include "profilegen/runtime_calls.h"
#include "profilegen/temporary_directory.h"

namespace profilegen::cli {

namespace {

constexpr int kDenied = 1;
constexpr int kOwnFailure = 2;

struct Options {
  BundleCommand request;
  std::string fixed;
  std::string minimized;
};

Status write_bundle_of(const Profile& profile, const std::string& directory) {
  const auto artifacts = emit_bundle({profile, directory});
  if (!artifacts) return artifacts.error();
  return write_bundle(directory, artifacts.value());
}

Status write_fixed(const Options& options, const Profile& profile, const BundleRun& run, const Console& console) {
  const auto wider = allow(profile, run.trace(), run.denials);
  if (!wider) return wider.error();
  if (Status written = write_bundle_of(*wider, options.fixed); !written) return written;
  for (const Denial& denial : run.denials)
    if (!can_allow(denial)) console.note(fmt::format("{} still denies: {}", options.fixed, denial_text(denial)));
  if (run.denials.empty()) {
    console.note(fmt::format("{} is the same policy: nothing was denied", options.fixed));
  } else {
    console.note(fmt::format("{0} also allows what was denied, see: profilegen diff {1} {0}", options.fixed,
                             options.request.bundle));
  }
  return Done{};
}

std::string ending(const RecordOutcome& outcome) {
  if (outcome.recordings.empty()) return fmt::format("no container ran, status {}", outcome.exit_status);
  return outcome.exit_status == 0 ? "the command succeeded"
                                  : fmt::format("the command ended with status {}", outcome.exit_status);
}

// A runtime that the filter stops fails with an error of its own, or hangs up, and does not name the denied call. So
// the calls that the filter lacks are listed.
int fail_to_start(const Profile& profile, const BundleRun& run, const Console& console) {
  const std::string status = fmt::format("no container ran; the command ended with status {}", run.outcome.exit_status);
  for (const auto& [runtime, calls] : missing_floors(profile))
    console.note(fmt::format(
        "the filter lacks calls that {0} makes before it starts a program: {1}; emit --runtime {0} adds them", runtime,
        fmt::join(calls, ", ")));
  return fail({"verify", status, "the engine's own message says why"}, kDenied);
}

int verify(const Options& options, const Profile& profile, const Console& console) {
  const auto run = run_under_bundle(options.request, profile, console);
  if (!run) return fail(run.error(), kOwnFailure);
  if (!run->tells()) return fail_to_start(profile, *run, console);
  for (const Denial& denial : run->denials) {
    const bool let_through = denial.kind == Denial::Kind::syscall && denial.errnum == 0;
    print_error({let_through ? "would be denied" : "denied", denial_text(denial)});
    for (const std::string& frame : denial.frames) print_error({"", "    at " + frame});
  }
  for (const Error& loss : run->losses) print_error(loss);
  console.note(
      fmt::format("{}, {}", ending(run->outcome),
                  run->denials.empty() ? "and nothing was denied" : fmt::format("{} denied", run->denials.size())));
  if (!options.fixed.empty())
    if (Status written = write_fixed(options, profile, *run, console); !written)
      return fail(written.error(), kOwnFailure);
  return run->passed() ? 0 : kDenied;
}

std::set<CallKey> calls_of_application(const Trace& trace) {
  std::set<CallKey> calls;
  for (const auto& [key, evidence] : trace.syscalls)
    if (key.phase == Phase::app) calls.insert({key.arch, syscall_label(key.arch, key.number)});
  return calls;
}

std::set<std::string> denied_to_application(const Trace& trace) {
  std::set<std::string> names;
  for (const auto& [key, fact] : denied_capabilities(trace)) names.insert(capability_name(key.number));
  return names;
}

/// What `whole` allows and `candidate` does not, as text for people.
std::string left_out(const Profile& whole, const Profile& candidate) {
  std::string text;
  const auto add = [&](const std::string& name) { text += (text.empty() ? "" : ", ") + name; };
  for (const std::string& name : whole.capabilities)
    if (!candidate.capabilities.contains(name)) add("capability " + name);
  for (const auto& [path, hole] : whole.holes)
    if (!candidate.holes.contains(path)) add("writable " + path);
  for (const auto& [call, who] : whole.calls)
    if (!candidate.calls.contains(call)) add("syscall " + call.name);
  return text;
}

int minimize_bundle(const Options& options, const Profile& profile, const Console& console) {
  const auto scratch = TemporaryDirectory::create();
  if (!scratch) return fail(scratch.error(), kOwnFailure);
  BundleCommand request = options.request;
  request.bundle = scratch->path();
  request.interim = false;
  const auto smaller = minimize(profile, [&](const Profile& candidate) -> Result<Attempt> {
    if (Status written = write_bundle_of(candidate, request.bundle); !written) return written.error();
    const auto run = run_under_bundle(request, candidate, console);
    if (!run) return run.error();
    const std::string less = left_out(profile, candidate);
    console.note(fmt::format("{}: {}", less.empty() ? "as it is" : "without " + less,
                             run->passed() ? "passes" : "does not pass"));
    if (!run->ran()) return Attempt{};
    return Attempt{run->passed(), calls_of_application(run->trace()), denied_to_application(run->trace())};
  });
  if (!smaller) return fail(smaller.error(), kDenied);
  if (Status written = write_bundle_of(*smaller, options.minimized); !written)
    return fail(written.error(), kOwnFailure);
  const std::string less = left_out(profile, *smaller);
  console.note(
      fmt::format("{}: {}", options.minimized, less.empty() ? "nothing could be left out" : "leaves out " + less));
  return 0;
}

int run(const Options& options, const Console& console) {
  if (!options.minimized.empty() && (!options.fixed.empty() || options.request.complain))
    return fail({"--minimize", "can't be combined with --fix or --complain", "run verify twice"}, kOwnFailure);
  const auto profile = load_profile(std::filesystem::path(options.request.bundle) / "profile.json");
  if (!profile) return fail(profile.error(), kOwnFailure);
  return options.minimized.empty() ? verify(options, *profile, console) : minimize_bundle(options, *profile, console);
}

std::vector<Option> options_of(Options& options) {
  return {
      {.name = "BUNDLE",
       .into = &options.request.bundle,
       .text = "Directory that emit wrote",
       .value = "DIR",
       .required = true},
      {.name = "--complain",
       .into = &options.request.complain,
       .text = "Let calls through that the filter would deny, and name all of them in one run"},
      {.name = "--fix",
       .into = &options.fixed,
       .text = "Write a bundle to DIR that also allows what was denied",
       .value = "DIR"},
      {.name = "--apparmor", .into = &options.request.apparmor, .text = "Also apply the bundle's AppArmor profile"},
      {.name = "--minimize",
       .into = &options.minimized,
       .text = "Run COMMAND repeatedly with fewer rights, and write a bundle to DIR without those that it does not "
               "need: capabilities, writable holes, and calls that it never made",
       .value = "DIR"},
      {.name = "COMMAND",
       .into = &options.request.command,
       .text = "docker run, podman run or nerdctl run, after --",
       .required = true},
  };
}

constexpr const char* kFooter =
    "verify adds the bundle's flags to COMMAND and watches the container with the hooks of a recording. It tells\n"
    "which calls the filter denied, which capabilities the container asked for and did not get, and which changes a\n"
    "read-only file system or a full tmpfs of the bundle refused.\n"
    "With --apparmor the bundle's AppArmor profile is loaded for this run, and its denials are told as well.\n"
    "What was already denied in the recording does not count as a denial: the program went on without it then.\n"
    "Exit status: 0 the command succeeded and nothing was denied, 1 otherwise, 2 error.\n"
    "\nExamples:\n"
    "  sudo profilegen verify profilegen-out -- docker run --rm IMAGE\n"
    "  sudo profilegen verify profilegen-out --complain --fix wider -- docker run --rm IMAGE\n"
    "  sudo profilegen verify profilegen-out --minimize smaller -- docker run --rm IMAGE ./tests.sh\n";

}  // namespace

Command add_verify() {
  auto options = std::make_shared<Options>();
  return {
      .options = options_of(*options),
      .footer = kFooter,
      .run = [options](const Console& console) { return run(*options, console); },
      .verbatim = &options->request.command,
  };
}

}  // namespace profilegen::cli
