// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "context.h"
#include "profilegen/companions.h"
#include "profilegen/explain.h"
#include "support/groups.h"
#include "support/html.h"

namespace profilegen::report {

namespace {

/// The same name as in explain's items and diff's changes.
std::string name_of(const CallKey& call, Arch native) {
  return call.arch == native ? call.name : std::string(arch_name(call.arch)) + " " + call.name;
}

struct Line {
  size_t group;
  Risk risk;
  std::string name;
  Row row;
};

std::string needed_text(const CallKey& call, const std::set<NeededBy>& needed) {
  if (is_companion(needed)) return fmt::format("companion: {}", companion_reason(call.name));
  if (needed.size() > 1) return "application, runtime";
  return needed.contains(NeededBy::app) ? "application" : "runtime";
}

/// The arguments with which the call is allowed; "any" for most.
std::string arguments_of(const Profile& profile, const CallKey& call) {
  const auto found = profile.arguments.find(call);
  if (found == profile.arguments.end()) return "any";
  const size_t count = found->second.size();
  return fmt::format("{} kind{} only", count, count == 1 ? "" : "s");
}

struct Sighting {
  const Evidence* evidence = nullptr;
  std::string_view only;
};

/// The application's sighting rather than the runtime's: that is what people ask about.
Sighting sighting_of(const Trace& trace, const CallKey& call) {
  const auto number = syscall_from_label(call.arch, call.name);
  if (!number) return {};
  for (const Phase phase : {Phase::app, Phase::runtime_run, Phase::runtime_exec})
    if (const auto found = trace.syscalls.find({phase, call.arch, *number}); found != trace.syscalls.end())
      return {&found->second, found->second.only};
  return {};
}

std::string who_text(const Sighting& sighting, bool companion) {
  if (sighting.evidence == nullptr) return companion ? "not seen" : "known from measured runtimes";
  if (!sighting.only.empty()) return html_text(sighting.only) + " alone";
  return "several";
}

Line line_of(const Context& context, const CallKey& call, const std::set<NeededBy>& needed) {
  const Trace& trace = context.input.trace;
  const std::string name = name_of(call, context.profile.arch);
  const Change* permission = context.permission(ChangeKind::syscall, name);
  const Sighting sighting = sighting_of(trace, call);
  const size_t group = group_of(call.name);
  Row row{{html_code(name)},
          {html_text(call_groups()[group].title)},
          risk_cell(permission),
          {html_text(needed_text(call, needed))},
          {who_text(sighting, is_companion(needed))},
          sighting.evidence != nullptr ? first_cell(sighting.evidence->first) : Cell{"", "99999999999999999999"},
          sighting.evidence != nullptr ? runs_cell(sighting.evidence->runs.size(), trace.runs.size()) : Cell{"", "0"},
          {arguments_of(context.profile, call)},
          // at low risk a call opens only what every program has
          {permission == nullptr || permission->risk == Risk::low ? "" : html_text(permission->opens)}};
  return {group, permission == nullptr ? Risk::low : permission->risk, name, std::move(row)};
}

std::string groups_text(const Context& context) {
  std::vector<size_t> allowed(call_groups().size());
  for (const auto& [call, needed] : context.profile.calls)
    if (call.arch == context.profile.arch) ++allowed[group_of(call.name)];
  std::vector<Row> rows;
  for (size_t place = 0; place < call_groups().size(); ++place) {
    const CallGroup& group = call_groups()[place];
    if (group.calls.empty() && allowed[place] == 0) continue;
    const auto by_docker = std::ranges::count_if(
        group.calls, [](const std::string& call) { return docker_default().calls.contains(call); });
    rows.push_back(
        {{html_text(group.title)},
         {fmt::format("{} <meter min=\"0\" max=\"{}\" value=\"{}\">{} of {}</meter>", allowed[place],
                      std::max(group.calls.size(), size_t{1}), allowed[place], allowed[place], group.calls.size()),
          std::to_string(allowed[place])},
         {std::to_string(by_docker)},
         {std::to_string(group.calls.size())}});
  }
  return html_table("Calls by what they are about",
                    {{"About"}, {"Allowed", true}, {"By Docker's default", true}, {"There are", true}}, rows);
}

std::string denied_text(const Context& context) {
  std::vector<Row> rows;
  for (const Item& item : items_of(context.input.trace, ItemKind::denied))
    rows.push_back({{html_code(item.name)},
                    {html_text(item.detail)},
                    first_cell(item.evidence.first),
                    runs_cell(item.evidence.runs.size(), context.input.trace.runs.size())});
  if (rows.empty()) return "";
  return "<h3>Denied while recording, and denied again</h3>\n" +
         html_table("Denied calls", {{"Call"}, {"Answer"}, {"First", true}, {"Runs", true}}, rows);
}

}  // namespace

std::string section_calls(const Context& context) {
  std::vector<Line> lines;
  for (const auto& [call, needed] : context.profile.calls) lines.push_back(line_of(context, call, needed));
  std::ranges::sort(lines, [](const Line& a, const Line& b) {
    return std::tuple(a.group, b.risk, a.name) < std::tuple(b.group, a.risk, b.name);
  });
  std::vector<Row> rows;
  for (Line& line : lines) rows.push_back(std::move(line.row));
  const std::string whole = fmt::format("<p>{} calls are let through; all others are refused.</p>\n", lines.size());
  return whole + groups_text(context) + "<h3>Each call</h3>\n" +
         html_table("Allowed calls",
                    {{"Call"},
                     {"About"},
                     {"Risk"},
                     {"Needed by"},
                     {"By"},
                     {"First", true},
                     {"Runs", true},
                     {"Arguments"},
                     {"What it opens"}},
                    rows) +
         denied_text(context);
}

}  // namespace profilegen::report
