// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <tuple>
#include <vector>

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
  if (sighting.evidence == nullptr) return companion ? "not seen" : "the runtime, in measurements of it";
  if (!sighting.only.empty()) return html_text(sighting.only) + " alone";
  return "several";
}

Line line_of(const Context& context, const CallKey& call, const std::set<NeededBy>& needed) {
  const Trace& trace = context.input.trace;
  const std::string name = name_of(call, context.profile.arch);
  const Change* permission = context.permission(ChangeKind::syscall, name);
  const Risk risk = permission == nullptr ? Risk::low : permission->risk;
  const Sighting sighting = sighting_of(trace, call);
  Row row{{html_code(name)}};
  // At low risk a call opens only what every program has.
  if (risk > Risk::low) row.insert(row.end(), {risk_cell(permission), {html_text(permission->opens)}});
  row.insert(
      row.end(),
      {{html_text(needed_text(call, needed))},
       {who_text(sighting, is_companion(needed))},
       sighting.evidence != nullptr ? first_cell(sighting.evidence->first) : Cell{"", "99999999999999999999"},
       sighting.evidence != nullptr ? runs_cell(sighting.evidence->runs.size(), trace.runs.size()) : Cell{"", "0"},
       {arguments_of(context.profile, call)}});
  return {group_of(call.name), risk, name, std::move(row)};
}

std::vector<Line> lines_of(const Context& context) {
  std::vector<Line> lines;
  for (const auto& [call, needed] : context.profile.calls) lines.push_back(line_of(context, call, needed));
  std::ranges::sort(
      lines, [](const Line& a, const Line& b) { return std::tuple(b.risk, a.name) < std::tuple(a.risk, b.name); });
  return lines;
}

std::vector<Row> rows_where(const std::vector<Line>& lines, const std::function<bool(const Line&)>& wanted) {
  std::vector<Row> rows;
  for (const Line& line : lines)
    if (wanted(line)) rows.push_back(line.row);
  return rows;
}

const std::vector<Column> kEvidence = {{"Needed by"}, {"Made by"}, {"First", true}, {"Runs", true}, {"Arguments"}};

std::string risky_text(const std::vector<Line>& lines) {
  const std::vector<Row> rows = rows_where(lines, [](const Line& line) { return line.risk > Risk::low; });
  if (rows.empty()) return "<p>None of them is of more than low risk.</p>\n";
  std::vector<Column> columns = {{"Call"}, {"Risk"}, {"What it opens"}};
  columns.insert(columns.end(), kEvidence.begin(), kEvidence.end());
  return html_table("Calls of more than low risk", columns, rows);
}

/// Calls of low risk are many, and alike: folded by what they are about.
std::string low_text(const std::vector<Line>& lines) {
  std::string html;
  std::vector<Column> columns = {{"Call"}};
  columns.insert(columns.end(), kEvidence.begin(), kEvidence.end());
  for (size_t place = 0; place < call_groups().size(); ++place) {
    const std::vector<Row> rows =
        rows_where(lines, [place](const Line& line) { return line.risk == Risk::low && line.group == place; });
    if (rows.empty()) continue;
    const std::string& title = call_groups()[place].title;
    html += fmt::format("<details><summary>{}: {} of low risk</summary>\n", html_text(title), rows.size()) +
            html_table("Calls of low risk: " + title, columns, rows) + "</details>\n";
  }
  return html;
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
  const std::vector<Line> lines = lines_of(context);
  return fmt::format("<p>{} calls are let through; all others are refused.</p>\n<div data-filter=\"allowed calls\">\n",
                     lines.size()) +
         risky_text(lines) + low_text(lines) + "</div>\n<h3>What they are about</h3>\n" + groups_text(context) +
         denied_text(context);
}

}  // namespace profilegen::report
