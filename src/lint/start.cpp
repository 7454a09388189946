// SPDX-License-Identifier: Apache-2.0
// A filter is judged by the calls that each measured version made in each way in which it was made to start a program.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "checks.h"
#include "measured.h"
#include "profilegen/diff.h"

namespace profilegen::lint {
namespace {

using Names = std::set<std::string>;

constexpr std::string_view kRun = "run, ";
constexpr std::string_view kExec = "exec, ";
constexpr std::string_view kOption = ", no new privileges";

/// The ways in which programs do not start.
struct Ways {
  Names calls;         ///< that these ways need and the filter refuses
  Names names;         ///< "another user, with a terminal"
  bool always = true;  ///< these are all ways that were measured
};

/// What the filter refuses of the calls of one version, with no-new-privileges or without.
struct Lack {
  Ways run;
  Ways exec;     ///< in a running container
  Names seldom;  ///< made, but not always needed
};

std::string way(std::string name, std::string_view kind) {
  name.erase(0, kind.size());
  return name.ends_with(kOption) ? name.substr(0, name.size() - kOption.size()) : name;
}

void add_case(const MeasuredVersion& measured, const MeasuredCase& one, const SeccompEffect& effect, Lack& lack) {
  const bool run = one.name.starts_with(kRun);
  Ways& ways = run ? lack.run : lack.exec;
  Names needed;
  for (const std::string& name : one.calls) {
    if (diff::lets_any_through(effect, {effect.native(), name})) continue;
    (measured.dispensable.contains(name) ? lack.seldom : needed).insert(name);
  }
  if (needed.empty())
    ways.always = false;
  else
    ways.names.insert(way(one.name, run ? kRun : kExec));
  ways.calls.merge(needed);
}

Lack lack_of(const MeasuredVersion& measured, bool no_new_privileges, const SeccompEffect& effect) {
  Lack lack;
  for (const MeasuredCase& one : measured.cases)
    if (one.no_new_privileges == no_new_privileges) add_case(measured, one, effect, lack);
  return lack;
}

/// Joins findings of the versions of one runtime that differ in the calls alone.
class Starts {
 public:
  Starts(const LintRequest& request, const SeccompEffect& effect, Findings& findings)
      : request_(request), effect_(effect), findings_(findings) {}

  void judge(const MeasuredVersion& measured);

 private:
  void judge_both(const MeasuredVersion& measured, const Lack& with, const Lack& without);
  void add(const MeasuredVersion& measured, const Lack& lack, const std::string& when);
  void add(LintRule rule, const MeasuredVersion& measured, const std::string& text, const Names& calls,
           const std::string& hint = "");

  const LintRequest& request_;
  const SeccompEffect& effect_;
  Findings& findings_;
};

void Starts::add(LintRule rule, const MeasuredVersion& measured, const std::string& text, const Names& calls,
                 const std::string& hint) {
  if (calls.empty()) return;
  const auto same = [&](const LintFinding& one) {
    return one.rule == rule && one.text == text && one.runtimes.begin()->starts_with(measured.runtime + " ");
  };
  auto found =
      std::ranges::find_if(findings_, [&](const LintFinding& one) { return !one.runtimes.empty() && same(one); });
  if (found == findings_.end()) found = findings_.insert(findings_.end(), {rule, "", {}, text, {}, hint});
  found->runtimes.insert(label(measured));
  found->calls.insert(calls.begin(), calls.end());
}

void Starts::add(const MeasuredVersion& measured, const Lack& lack, const std::string& when) {
  const std::string hint = fmt::format("allow these, or emit with --runtime {}", measured.runtime);
  const auto tell = [&](const Ways& ways, std::string_view none, std::string_view some) {
    const std::string which = ways.always ? fmt::format("{}{}", none, when)
                                          : fmt::format("{}{} as {}", some, when, fmt::join(ways.names, "; as "));
    add(LintRule::no_start, measured, which + ": the filter refuses what the runtime calls first", ways.calls, hint);
  };
  tell(lack.run, "no container starts", "containers do not start");
  if (!lack.run.calls.empty()) return;
  tell(lack.exec, "no program starts by exec", "programs do not start by exec");
  if (lack.exec.calls.empty())
    add(LintRule::may_not_start, measured,
        "containers may not start: the filter refuses calls that the runtime makes, though it was seen to start "
        "without",
        lack.seldom, hint);
}

void Starts::judge_both(const MeasuredVersion& measured, const Lack& with, const Lack& without) {
  Names more;
  std::ranges::set_difference(without.run.calls, with.run.calls, std::inserter(more, more.end()));
  if (!with.run.always && without.run.always && !more.empty())
    add(LintRule::needs_option, measured,
        "containers start only with no-new-privileges: without it the filter refuses what the runtime calls first",
        more,
        fmt::format("add --security-opt=no-new-privileges (a pod: allowPrivilegeEscalation: false), or allow these, as "
                    "emit --format seccomp --runtime {} does",
                    measured.runtime));
  else
    add(measured, without, " without no-new-privileges");
  add(measured, with, " with no-new-privileges");
}

void Starts::judge(const MeasuredVersion& measured) {
  if (request_.no_new_privileges) return add(measured, lack_of(measured, *request_.no_new_privileges, effect_), "");
  judge_both(measured, lack_of(measured, true, effect_), lack_of(measured, false, effect_));
}

}  // namespace

void check_start(const LintRequest& request, const SeccompEffect& effect, Findings& findings) {
  const auto measured = measured_for(request.runtimes);
  if (measured.empty())
    findings.push_back({LintRule::remark,
                        "",
                        {},
                        "nobody measured whether its runtime starts containers under it",
                        {},
                        "name another with --runtime"});
  Starts starts(request, effect, findings);
  for (const MeasuredVersion& one : measured) starts.judge(one);
}

}  // namespace profilegen::lint
