// SPDX-License-Identifier: Apache-2.0
#include "profilegen/diff.h"

#include <algorithm>
#include <memory>

#include "common/gather.h"
#include "common/subcommand.h"

namespace profilegen::cli {

namespace {

constexpr int kFailingChange = 1;

struct Options {
  std::string before;
  std::string after;
  std::string format = "text";
  std::string fail_on = "added";
};

struct Side {
  Profile profile;
  Scope scope;
};

/// A person who reads the changes must know what they don't show.
void note_limits(const std::string& object, const Profile& profile, const Console& console) {
  for (const auto& reason : profile.incomplete) console.note(object + ": incomplete evidence: " + reason);
}

Result<Side> load(const std::string& argument, const Console& console) {
  const auto gathered = gather({argument});
  if (!gathered) return gathered.error();
  if (const auto& seccomp = gathered.value().seccomp) {
    for (const auto& note : seccomp->value.notes) console.note(seccomp->object + ": " + note);
    return Side{seccomp->value, Scope::system_calls};
  }
  auto profile = profile_of(gathered.value(), {});
  if (!profile) return profile.error();
  note_limits(argument, profile.value(), console);
  return Side{std::move(*profile), Scope::everything};
}

bool fails(const Change& change, const std::string& fail_on) {
  if (fail_on == "any") return true;
  if (fail_on == "added") return change.direction == Direction::added;
  return fail_on == "removed" && change.direction == Direction::removed;
}

int run(const Options& options, const Console& console) {
  if (options.before == "-" && options.after == "-") return fail({"standard input", "can be read only once"});
  const auto before = load(options.before, console);
  if (!before) return fail(before.error());
  const auto after = load(options.after, console);
  if (!after) return fail(after.error());
  const Scope scope = std::max(before.value().scope, after.value().scope);
  if (before.value().scope != after.value().scope) {
    console.note("a seccomp file says nothing of the rest: only system calls and their answers are compared");
  }
  const auto changes = diff_profiles(before.value().profile, after.value().profile, scope);
  const bool failing =
      std::any_of(changes.begin(), changes.end(), [&](const Change& change) { return fails(change, options.fail_on); });
  return print_and_exit(format_diff_text(changes, colours_wanted()), failing ? kFailingChange : 0);
}

constexpr const char* kFooter =
    "Exit status: 0 no failing change, 1 failing change, 2 error. What is added (+) widens the policy.\n"
    "\nExamples:\n"
    "  profilegen diff policy/profile.json profilegen-trace.json\n"
    "  profilegen diff main/profilegen-out branch/profilegen-out --fail-on any\n"
    "  profilegen diff docker-default.json profilegen-out/seccomp.json\n";

}  // namespace

Command add_diff(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("OLD", options->before, "Trace, profile, bundle or plain seccomp JSON; - is standard input")
      ->required();
  app.add_option("NEW", options->after, "The same, to be compared with it")->required();
  app.add_option("--format", options->format, "Output format")->check(CLI::IsMember({"text"}))->capture_default_str();
  app.add_option("--fail-on", options->fail_on, "Changes that give exit status 1")
      ->check(CLI::IsMember({"added", "removed", "any", "never"}))
      ->capture_default_str();
  app.footer(kFooter);
  return {[options](const Console& console) { return run(*options, console); }};
}

}  // namespace profilegen::cli
