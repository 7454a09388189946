// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "item_text.h"
#include "profilegen/capabilities.h"
#include "profilegen/explain.h"
#include "profilegen/terminal_text.h"

namespace profilegen {
namespace {

struct Seen {
  RunSet runs;
  uint64_t first_ns = UINT64_MAX;
};
using SeenByItem = std::map<std::string, Seen>;

void add(SeenByItem& seen, const std::string& item, const Evidence& evidence) {
  Seen& one = seen[item];
  one.runs.insert(evidence.runs);
  one.first_ns = std::min(one.first_ns, evidence.first.ns);
}

/// Directories are counted instead of files: file names may differ in every run, but a profile has rules for places.
std::string directory_of(const std::string& path) { return path.substr(0, path.find_last_of('/') + 1); }

SeenByItem counted_items(const Trace& trace) {
  SeenByItem seen;
  for (const auto& [key, evidence] : trace.syscalls)
    if (key.phase == Phase::app)
      add(seen, fmt::format("syscall {} {}", arch_name(key.arch), syscall_label(key.arch, key.number)), evidence);
  for (const auto& [key, fact] : trace.capabilities)
    if (key.verdict == CapVerdict::needed) add(seen, "capability " + capability_name(key.number), fact);
  for (const auto& [key, evidence] : trace.sockets)
    add(seen, fmt::format("socket {} {}", key.family, key.type), evidence);
  for (const auto& [key, fact] : trace.files)
    if (file_op_writes(key.op)) add(seen, "changes in " + directory_of(key.path), fact);
  return seen;
}

/// Time counts from the first call, since a recording begins before its containers do.
uint64_t first_call(const Trace& trace) {
  uint64_t begin = UINT64_MAX;
  const auto take = [&begin](const auto& map) {
    for (const auto& [key, evidence] : map) begin = std::min(begin, evidence.first.ns);
  };
  take(trace.syscalls);
  take(trace.capabilities);
  take(trace.sockets);
  take(trace.files);
  return begin;
}

/// S(n) = S - sum over k of Q(k) C(m-k, n) / C(m, n). The quotient is computed as a product that fits into a double.
std::vector<double> rarefaction(const std::map<size_t, size_t>& items_by_runs, size_t items, size_t runs) {
  std::vector<double> expected(runs, static_cast<double>(items));
  for (const auto& [k, count] : items_by_runs) {
    double missed = 1;  // probability that none of the first n runs is one of the k
    for (size_t n = 1; n <= runs; ++n) {
      const double left = static_cast<double>(runs - n + 1);
      missed *= std::max(0.0, (left - static_cast<double>(k)) / left);
      expected[n - 1] -= static_cast<double>(count) * missed;
    }
  }
  return expected;
}

double chao(double once, double twice, double runs) {
  const double all = twice > 0 ? once * once / (2 * twice) : once * std::max(once - 1, 0.0) / 2;
  return (runs - 1) / runs * all;
}

std::string found_by_time(const Coverage& coverage) {
  std::string text = "found in time:";
  for (size_t part = 0; part < coverage.by_time.size(); ++part)
    text += fmt::format("{} {} by {} %", part == 0 ? "" : ",", coverage.by_time[part],
                        (part + 1) * 100 / coverage.by_time.size());
  return text;
}

std::string expected_by_runs(const Coverage& coverage) {
  std::string text = "expected after";
  for (size_t n = 1; n <= coverage.runs; n = n < coverage.runs ? std::min(n * 2, coverage.runs) : n + 1)
    text += fmt::format("{} {} {}: {:.1f}", n == 1 ? "" : ",", n, n == 1 ? "run" : "runs", coverage.by_runs[n - 1]);
  return text;
}

std::string last_new(const Coverage& coverage) {
  return fmt::format("the last new one came {:.0f} % into the {}run ({} of {}): {}",
                     100 * static_cast<double>(coverage.last_new_ns) / static_cast<double>(coverage.duration),
                     coverage.runs > 1 ? "longest " : "", seconds_text(coverage.last_new_ns),
                     seconds_text(coverage.duration), terminal_text(coverage.last_new));
}

}  // namespace

Coverage coverage_of(const Trace& trace) {
  Coverage coverage;
  const SeenByItem seen = counted_items(trace);
  std::map<size_t, size_t> items_by_runs;
  const uint64_t begin = first_call(trace);
  for (const auto& [id, run] : trace.runs)
    coverage.duration = std::max(coverage.duration, run.duration - std::min(begin, run.duration));
  for (const auto& [item, one] : seen) {
    ++items_by_runs[one.runs.size()];
    const uint64_t since = one.first_ns - begin;
    for (size_t part = 0; part < coverage.by_time.size(); ++part)
      if (since <= coverage.duration / coverage.by_time.size() * (part + 1) || part + 1 == coverage.by_time.size())
        ++coverage.by_time[part];
    if (since < coverage.last_new_ns) continue;
    coverage.last_new_ns = since;
    coverage.last_new = item;
  }
  coverage.runs = trace.runs.size();
  coverage.items = seen.size();
  coverage.once = items_by_runs[1];
  coverage.twice = items_by_runs[2];
  coverage.by_runs = rarefaction(items_by_runs, coverage.items, coverage.runs);
  if (coverage.runs < 2) return coverage;
  const auto runs = static_cast<double>(coverage.runs);
  coverage.unseen = chao(static_cast<double>(coverage.once), static_cast<double>(coverage.twice), runs);
  coverage.next_run = static_cast<double>(coverage.once) / runs;
  return coverage;
}

std::vector<std::string> coverage_lines(const Coverage& coverage, bool with_numbers) {
  std::vector<std::string> lines = {
      fmt::format("{} items: calls, capabilities, kinds of sockets, directories with changes", coverage.items)};
  if (coverage.duration != 0) {
    lines.push_back(last_new(coverage));
    if (with_numbers) lines.push_back(found_by_time(coverage));
  }
  if (!coverage.unseen) {
    lines.emplace_back("one run says nothing about what others would bring: record the tests several times, and merge");
    return lines;
  }
  if (with_numbers) lines.push_back(expected_by_runs(coverage));
  lines.push_back(
      fmt::format("expected unseen: {:.1f}; {} seen in one run only, {} in two; one more run would bring {:.1f}",
                  *coverage.unseen, coverage.once, coverage.twice, *coverage.next_run));
  lines.emplace_back("(assuming that further runs are like these; what no test does stays unseen)");
  return lines;
}

}  // namespace profilegen
