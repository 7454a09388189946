// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "item_text.h"
#include "profilegen/explain.h"
#include "profilegen/terminal_text.h"

namespace profilegen {
namespace {

constexpr size_t kMostLines = 20;
constexpr size_t kMostNames = 3;
constexpr size_t kFewPart = 10;  // at most a tenth of the runs are few

std::string header(const Trace& trace) {
  std::set<std::string> subjects;
  std::set<std::string> images;
  std::set<std::string> kernels;
  for (const auto& [id, run] : trace.runs) {
    subjects.insert(subject_name(run.subject));
    images.insert(run.subject.image);
    kernels.insert(run.kernel);
  }
  // Many containers of one image have names that engines made up.
  if (subjects.size() > kMostNames && images.size() == 1) subjects = images;
  std::string text = fmt::format("{} {} of", trace.runs.size(), trace.runs.size() == 1 ? "run" : "runs");
  for (const auto& subject : subjects) text += " " + terminal_text(subject);
  text += ", Linux";
  for (const auto& kernel : kernels) text += " " + terminal_text(kernel);
  return text + "\n";
}

/// Shows a limited number of lines, and how many more there are.
std::string section(const std::string& title, const std::vector<std::string>& lines) {
  if (lines.empty()) return "";
  std::string text = fmt::format("\n{} ({}):\n", title, lines.size());
  for (size_t place = 0; place < std::min(lines.size(), kMostLines); ++place) text += "  " + lines[place] + "\n";
  if (lines.size() > kMostLines) text += fmt::format("  and {} more\n", lines.size() - kMostLines);
  return text;
}

std::string line_of(const Item& item) {
  std::string text = fmt::format("{} {}", item_kind_name(item.kind), terminal_text(item.name));
  if (!item.detail.empty() && item.kind != ItemKind::syscall) text += ": " + terminal_text(item.detail);
  return text + chain_text(item);
}

bool is_denied(const Item& item) { return item.kind == ItemKind::denied || item.verdict == CapVerdict::denied; }

/// Whether the item becomes a permission; the others only repeat calls, or are reads.
bool is_permission(const Item& item) {
  if (item.kind == ItemKind::capability) return item.verdict == CapVerdict::needed;
  constexpr std::array kinds{ItemKind::syscall, ItemKind::file, ItemKind::socket};
  return item.application && std::ranges::find(kinds, item.kind) != kinds.end();
}

std::vector<std::string> of_few_runs(const Trace& trace, const std::vector<Item>& items) {
  const size_t few = std::max<size_t>(1, trace.runs.size() / kFewPart);
  if (trace.runs.size() < 2) return {};
  std::vector<const Item*> found;
  for (const Item& item : items)
    if (is_permission(item) && item.evidence.runs.size() <= few) found.push_back(&item);
  std::ranges::stable_sort(found, {}, [](const Item* item) { return item->evidence.runs.size(); });
  std::vector<std::string> lines;
  for (const Item* item : found)
    lines.push_back(
        fmt::format("{}: {}: {}", runs_text(*item, trace), line_of(*item), first_text(item->evidence.first)));
  return lines;
}

std::vector<std::string> of_runtime_only(const std::vector<Item>& items) {
  std::set<std::string> by_application;
  std::set<std::string> by_runtime;
  for (const Item& item : items)
    if (item.kind == ItemKind::syscall) (item.application ? by_application : by_runtime).insert(item.name);
  std::vector<std::string> lines;
  for (const auto& name : by_runtime)
    if (!by_application.contains(name)) lines.push_back(name);
  return lines;
}

/// Only for calls, since other facts name only the program that was first. Empty when a single program made all calls.
std::vector<std::string> of_one_program(const Trace& trace) {
  std::map<std::string, std::vector<std::string>> calls;
  std::set<std::string> programs;
  for (const auto& [key, fact] : trace.syscalls) {
    if (key.phase != Phase::app) continue;
    programs.insert(fact.only);
    if (!fact.only.empty()) calls[fact.only].push_back(syscall_label(key.arch, key.number));
  }
  if (programs.size() < 2) return {};
  std::vector<std::string> lines;
  for (const auto& [program, names] : calls)
    lines.push_back(fmt::format("{} ({}): {}", terminal_text(program), names.size(), fmt::join(names, " ")));
  return lines;
}

std::vector<std::string> companions(const std::vector<Item>& items) {
  std::vector<std::string> lines;
  for (const Item& item : items)
    if (item.kind == ItemKind::companion) lines.push_back(fmt::format("{}: {}", item.name, item.detail));
  return lines;
}

std::vector<std::string> denied(const Trace& trace, const std::vector<Item>& items) {
  std::vector<std::string> lines;
  for (const Item& item : items) {
    if (!is_denied(item)) continue;
    const uint64_t times = item.count.value_or(1);
    lines.push_back(fmt::format("{}, {}{}, {}", line_of(item), times > 1 ? fmt::format("{} times, ", times) : "",
                                first_text(item.evidence.first), runs_text(item, trace)));
  }
  return lines;
}

}  // namespace

std::string explain_overview(const Trace& trace, bool with_chains) {
  const std::vector<Item> items = with_chains ? items_of(trace) : without_chains(items_of(trace));
  std::string coverage;
  for (const std::string& line : coverage_lines(coverage_of(trace))) coverage += "  " + line + "\n";
  return header(trace) + section("what few runs needed", of_few_runs(trace, items)) +
         section("calls that only the runtime needs", of_runtime_only(items)) +
         section("calls that one program alone needs", of_one_program(trace)) +
         section("companions: calls of endings, stops and signals", companions(items)) +
         section("what was denied while recording", denied(trace, items)) + "\ncoverage:\n" + coverage;
}

}  // namespace profilegen
