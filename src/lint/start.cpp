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
constexpr std::string_view kOption = ", no new privileges";

/// What the filter refuses of the calls of one version, with no-new-privileges or without.
struct Lack {
  Names run;           ///< without these no container starts, or not in the ways below
  Names ways;          ///< in which it does not start: "another user, with a terminal"
  bool always = true;  ///< these are all ways that were measured
  Names exec;          ///< without these no program starts in a running container
  Names seldom;        ///< made, but not always needed
};

std::string way(std::string name) {
  name.erase(0, kRun.size());
  return name.ends_with(kOption) ? name.substr(0, name.size() - kOption.size()) : name;
}

void add_case(const MeasuredVersion& measured, const MeasuredCase& one, const SeccompEffect& effect, Lack& lack) {
  const bool run = one.name.starts_with(kRun);
  Names needed;
  for (const std::string& name : one.calls) {
    if (diff::lets_any_through(effect, {effect.native(), name})) continue;
    (measured.dispensable.contains(name) ? lack.seldom : needed).insert(name);
  }
  if (run && needed.empty()) lack.always = false;
  if (run && !needed.empty()) lack.ways.insert(way(one.name));
  (run ? lack.run : lack.exec).merge(needed);
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
  const std::string why = "the filter refuses what the runtime calls first";
  const std::string hint = fmt::format("allow these, or emit with --runtime {}", measured.runtime);
  if (lack.always)
    add(LintRule::no_start, measured, fmt::format("no container starts{}: {}", when, why), lack.run, hint);
  else
    add(LintRule::no_start, measured,
        fmt::format("containers do not start{} as {}: {}", when, fmt::join(lack.ways, "; as "), why), lack.run, hint);
  if (lack.run.empty())
    add(LintRule::no_start, measured, fmt::format("no program starts in a running container{} (exec): {}", when, why),
        lack.exec, hint);
  if (lack.run.empty() && lack.exec.empty())
    add(LintRule::may_not_start, measured,
        fmt::format("containers may not start{}: the filter refuses calls that the runtime makes, though it was seen "
                    "to start without",
                    when),
        lack.seldom, hint);
}

void Starts::judge_both(const MeasuredVersion& measured, const Lack& with, const Lack& without) {
  Names more;
  std::ranges::set_difference(without.run, with.run, std::inserter(more, more.end()));
  const bool starts_with = with.run.empty() || !with.always;
  if (starts_with && without.always && !more.empty())
    add(LintRule::needs_option, measured,
        "containers start only with no-new-privileges: without it the filter refuses what the runtime calls first",
        more,
        "add --security-opt=no-new-privileges (a pod: allowPrivilegeEscalation: false), or allow these: emit "
        "--format seccomp does");
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
