// SPDX-License-Identifier: Apache-2.0
#include "profilegen/verify.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <memory>
#include <optional>

#include "common/bundle.h"
#include "common/bundle_run.h"
#include "common/duration.h"
#include "common/filter_input.h"
#include "common/no_start.h"
#include "common/plain_filter.h"
#include "common/second_start.h"
#include "common/subcommand.h"
#include "profilegen/analyze.h"
#include "profilegen/atomic_file.h"
#include "profilegen/capabilities.h"
#include "profilegen/emitter.h"
#include "profilegen/lint.h"
#include "profilegen/temporary_directory.h"

namespace profilegen::cli {

namespace {

constexpr int kDenied = 1;
constexpr int kOwnFailure = 2;

struct Options {
  BundleCommand request;
  std::string fixed;
  std::string minimized;
  std::string check;
  std::string quiet_after = "1m";
  bool restart = false;
};

/// What the starts of the container showed.
struct Starts {
  BundleRun first;
  std::optional<SecondStart> second;

  [[nodiscard]] std::vector<Denial> denials() const {
    std::vector<Denial> all = first.denials;
    if (second) all.insert(all.end(), second->run.denials.begin(), second->run.denials.end());
    return all;
  }
  [[nodiscard]] bool passed(bool restart) const {
    const bool again = !restart || (second && second->run.passed() && second->lost.empty());
    return first.passed() && again;
  }
};

/// What the container is run under. Of a filter alone the profile has the calls that it allows.
struct Policy {
  FilterInput input;
  Profile profile;
  std::set<Arch> architectures;  ///< that the filter covers

  [[nodiscard]] bool is_alone() const { return !input.profile; }
};

Result<Policy> load_policy(const std::string& argument) {
  auto input = read_filter(argument);
  if (!input) return input.error();
  std::error_code unknown;
  if (input->profile && !std::filesystem::is_directory(argument, unknown))
    return Error{argument, "is a profile, whose flags are not here", "give the bundle's directory"};
  const auto filter = SeccompEffect::of_file(input->text, input->object, docker_default().capabilities);
  if (!filter) return filter.error();
  Profile profile = input->profile ? *input->profile : profile_of_filter(*filter);
  return Policy{std::move(*input), std::move(profile), filter->architectures()};
}

Status write_bundle_of(const Profile& profile, const std::string& directory) {
  const auto artifacts = emit_bundle({profile, directory});
  if (!artifacts) return artifacts.error();
  return write_bundle(directory, artifacts.value());
}

Status write_fixed_filter(const Options& options, const Policy& policy, const Starts& starts) {
  std::set<CallKey> calls;
  for (const Denial& denial : starts.denials()) calls.insert(denial.call);
  const auto wider = widened_filter(policy.input.text, calls, policy.architectures, policy.input.object);
  return wider ? write_file(options.fixed, *wider) : wider.error();
}

Status write_fixed_bundle(const Options& options, const Policy& policy, const Starts& starts) {
  auto wider = allow(policy.profile, starts.first.trace(), starts.first.denials);
  if (wider && starts.second) wider = allow_second(*wider, *starts.second);
  return wider ? write_bundle_of(*wider, options.fixed) : wider.error();
}

Status write_fixed(const Options& options, const Policy& policy, const Starts& starts, const Console& console) {
  Status written =
      policy.is_alone() ? write_fixed_filter(options, policy, starts) : write_fixed_bundle(options, policy, starts);
  if (!written) return written;
  const std::vector<Denial> denials = starts.denials();
  for (const Denial& denial : denials)
    if (!can_allow(denial) || denial.call.name.starts_with('#'))
      console.note(fmt::format("{} still denies: {}", options.fixed, denial_text(denial)));
  if (denials.empty() && (!starts.second || starts.second->lost.empty())) {
    console.note(fmt::format("{} is the same policy: nothing was denied", options.fixed));
  } else {
    console.note(fmt::format("{0} {2}, see: profilegen diff {1} {0}", options.fixed, options.request.bundle,
                             denials.empty() ? "keeps what was lost" : "also allows what was denied"));
  }
  return Done{};
}

std::string ending(const BundleCommand& request, const BundleRun& run) {
  const RecordOutcome& outcome = run.outcome;
  if (outcome.recordings.empty()) return fmt::format("no container ran, status {}", outcome.exit_status);
  if (run.attended) return attended_text(*run.attended, *request.attendance);
  return outcome.exit_status == 0 ? "the command succeeded"
                                  : fmt::format("the command ended with status {}", outcome.exit_status);
}

// The engine's message has been passed on. It may name no cause: a runtime that the filter stops fails with an error of
// its own, or hangs up, and does not name the denied call. Then what lint finds is told.
int fail_to_start(const Options& options, const Policy& policy, const BundleRun& run, const Console& console) {
  LintRequest request = request_of(policy.input);
  request.no_new_privileges.reset();
  if (run.no_new_privileges) request.no_new_privileges = true;
  const std::string& messages = run.outcome.messages;
  const auto why = explain_no_start(request, used_runtime(options.request.command, messages), messages);
  if (!why) return fail(why.error(), kOwnFailure);
  for (const LintFinding& finding : why->findings) console.note(finding_text(finding));
  std::string status = fmt::format("no container ran; the command ended with status {}", run.outcome.exit_status);
  if (!why->error.what.empty()) status += ": " + why->error.what;
  return fail({"verify", status, why->error.hint}, kDenied);
}

std::string verdict(const BundleCommand& request, const BundleRun& run) {
  const std::string denied =
      run.denials.empty() ? "and nothing was denied" : fmt::format("{} denied", run.denials.size());
  return fmt::format("{}, {}", ending(request, run), denied);
}

/// `when` is " in the first start" or the like, or empty if there is only one.
void tell_denials(const BundleRun& run, const std::string& when, const Console& console) {
  for (const RepeatedDenial& denial : repeated(run.denials)) {
    const bool let_through = denial.first.kind == Denial::Kind::syscall && denial.first.errnum == 0;
    print_error({(let_through ? "would be denied" : "denied") + when, repeated_text(denial)});
    for (const std::string& frame : denial.first.frames) print_error({"", "    at " + frame});
  }
  for (const Error& loss : run.losses) print_error(loss);
  if (!run.others.empty()) console.note(others_text(run.others));
  for (const Denial& denial : run.others) console.detail("refused by others: " + denial_text(denial));
  if (!run.stalled.empty()) console.note("while it ran, there was " + run.stalled);
}

Result<std::optional<SecondStart>> second_start(const Options& options, const Policy& policy, const BundleRun& first,
                                                const Console& console) {
  if (!options.restart) return std::optional<SecondStart>();
  if (first.outcome.exit_status != 0) {
    console.note("not started again, since the first start did not succeed");
    return std::optional<SecondStart>();
  }
  auto second = start_again(options.request, policy.profile, first, console);
  if (!second) return second.error();
  tell_denials(second->run, " in the second start", console);
  console.note("second start: " + verdict(options.request, second->run));
  return std::optional(std::move(*second));
}

int verify(const Options& options, const Policy& policy, const Console& console) {
  auto run = run_under_bundle(options.request, policy.profile, console);
  if (!run) return fail(run.error(), kOwnFailure);
  if (!run->tells()) return fail_to_start(options, policy, *run, console);
  tell_denials(*run, options.restart ? " in the first start" : "", console);
  console.note((options.restart ? "first start: " : "") + verdict(options.request, *run));
  auto second = second_start(options, policy, *run, console);
  if (!second) return fail(second.error(), kOwnFailure);
  const Starts starts{std::move(*run), std::move(*second)};
  if (policy.is_alone())
    console.note("not checked, because they need a bundle: capabilities, writable places, AppArmor");
  if (options.fixed.empty() && !starts.denials().empty())
    console.note("if the program should do this, --fix writes a policy that allows it; if it should not, all is well");
  if (!options.fixed.empty())
    if (Status written = write_fixed(options, policy, starts, console); !written)
      return fail(written.error(), kOwnFailure);
  return starts.passed(options.restart) ? 0 : kDenied;
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
    if (less.empty() && !run->left_out.empty()) console.note(left_out_text(run->left_out));
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

/// The option that only a bundle has a use for; "" if none was given.
std::string bundle_option(const Options& options) {
  if (!options.minimized.empty()) return "--minimize";
  return options.request.apparmor ? "--apparmor" : "";
}

int run(Options& options, const Console& console) {
  if (!options.minimized.empty() && (!options.fixed.empty() || options.request.complain || options.restart))
    return fail({"--minimize", "can't be combined with --fix, --complain or --restart", "run verify twice"},
                kOwnFailure);
  const auto quiet_after = parse_duration("--quiet-after", options.quiet_after);
  if (!quiet_after) return fail(quiet_after.error(), kOwnFailure);
  options.request.quiet_after = *quiet_after;
  if (!options.check.empty()) options.request.attendance = Attendance{options.check};
  if (options.restart)
    if (Status prepared = prepare_restart(options.request); !prepared) return fail(prepared.error(), kOwnFailure);
  const auto policy = load_policy(options.request.bundle);
  if (!policy) return fail(policy.error(), kOwnFailure);
  const std::string needless = bundle_option(options);
  if (policy->is_alone() && !needless.empty())
    return fail({needless, "needs a bundle, not a filter alone", "give the directory that emit wrote"}, kOwnFailure);
  if (policy->is_alone()) options.request.filter = policy->input.text;
  return options.minimized.empty() ? verify(options, *policy, console)
                                   : minimize_bundle(options, policy->profile, console);
}

std::vector<Option> options_of(Options& options) {
  return {
      {.name = "BUNDLE",
       .into = &options.request.bundle,
       .text = "Directory that emit wrote, or a seccomp filter: plain JSON or a SeccompProfile",
       .value = "DIR|FILE",
       .required = true},
      {.name = "--complain",
       .into = &options.request.complain,
       .text = "Let calls through that the filter would deny, and name all of them in one run"},
      {.name = "--fix",
       .into = &options.fixed,
       .text = "Write a bundle to DIR, or a filter to FILE, that also allows what was denied",
       .value = "DIR|FILE"},
      {.name = "--apparmor", .into = &options.request.apparmor, .text = "Also apply the bundle's AppArmor profile"},
      {.name = "--minimize",
       .into = &options.minimized,
       .text = "Run COMMAND repeatedly with fewer rights, and write a bundle to DIR without those that it does not "
               "need: capabilities, writable holes, and calls that it never made",
       .value = "DIR"},
      {.name = "--check",
       .into = &options.check,
       .text = "For a service: run CMD in a shell as soon as the container is up, then stop the container. CMD decides "
               "whether COMMAND succeeded",
       .value = "CMD"},
      {.name = "--restart",
       .into = &options.restart,
       .text = "Start the container once more when it has stopped, check it again, and name what was lost meanwhile"},
      {.name = "--quiet-after",
       .into = &options.quiet_after,
       .text = "Say what was denied last and where the container waits, when it has done nothing new for this time",
       .value = "TIME",
       .show_default = true},
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
    "What others refuse, such as permissions or the program's own filter, or was denied in the recording already does\n"
    "not count as a denial: the program went on without it then.\n"
    "Under a filter alone, of any origin, only its own denials are told, each of them.\n"
    "Exit status: 0 the command succeeded and nothing was denied, 1 otherwise, 2 error, or the policy in force was "
    "not\n"
    "the bundle's.\n"
    "\nExamples:\n"
    "  sudo profilegen verify profilegen-out -- docker run --rm IMAGE\n"
    "  sudo profilegen verify profilegen-out --complain --fix wider -- docker run --rm IMAGE\n"
    "  sudo profilegen verify profilegen-out --restart --check 'curl -fs localhost:8080' -- docker run -d -p 8080:80 "
    "IMAGE\n"
    "  sudo profilegen verify seccomp.json --fix wider.json -- docker run --rm IMAGE\n"
    "  sudo profilegen verify profilegen-out --minimize smaller -- docker run --rm IMAGE ./tests.sh\n";

}  // namespace

Command add_verify() {
  auto options = std::make_shared<Options>();
  return {
      .options = options_of(*options),
      .footer = kFooter,
      .run = [options](const Console& console) { return run(*options, console); },
      .verbatim = &options->request.command,
      .records = true,
  };
}

}  // namespace profilegen::cli
