// SPDX-License-Identifier: Apache-2.0
#include "item_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "profilegen/terminal_text.h"

namespace profilegen {
namespace {

constexpr size_t kMostRuns = 5;

std::string some_runs(const Item& item, const Trace& trace) {
  const std::vector<RunId> runs = item.evidence.runs.sorted();
  if (runs.size() == trace.runs.size()) return "";
  std::string text = ":";
  for (size_t place = 0; place < std::min(runs.size(), kMostRuns); ++place) {
    const auto run = trace.runs.find(runs[place]);
    const std::string& container = run == trace.runs.end() ? "" : run->second.subject.container_name;
    text += fmt::format(" {}{}", runs[place], container.empty() ? "" : " (" + terminal_text(container) + ")");
  }
  return text + (runs.size() > kMostRuns ? " ..." : "");
}

}  // namespace

std::string seconds_text(uint64_t ns) { return fmt::format("{:.3f} s", static_cast<double>(ns) / 1e9); }

std::string runs_text(const Item& item, const Trace& trace) {
  return fmt::format("{} of {} {}", item.evidence.runs.size(), trace.runs.size(),
                     trace.runs.size() == 1 ? "run" : "runs");
}

std::string first_text(const First& first) {
  std::string text = fmt::format("first at {} by {} (pid {}", seconds_text(first.ns),
                                 first.program.empty() ? "nobody knows" : terminal_text(first.program), first.pid);
  if (first.tid != first.pid) text += fmt::format(", thread {}", first.tid);
  return text + ")";
}

std::string chain_text(const Item& item) { return item.chain.empty() ? "" : ", at " + terminal_text(item.chain); }

std::string explain_items(const Trace& trace, const std::vector<Item>& items) {
  std::string text;
  for (const Item& item : items) {
    text += fmt::format("{} {}", item_kind_name(item.kind), terminal_text(item.name));
    if (!item.detail.empty()) text += ": " + terminal_text(item.detail);
    text += chain_text(item);
    text += fmt::format("\n  {}\n  seen in {}{}\n", first_text(item.evidence.first), runs_text(item, trace),
                        some_runs(item, trace));
    for (const std::string& object : item.objects) text += "  for " + terminal_text(object) + "\n";
    if (item.count) text += fmt::format("  {} {}\n", *item.count, *item.count == 1 ? "time" : "times");
  }
  return text;
}

}  // namespace profilegen
