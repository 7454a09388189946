// SPDX-License-Identifier: Apache-2.0
// Explains a trace to people: why something is allowed, and how much was probably not seen.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/trace.h"

namespace profilegen {

/// A companion is a call that was not seen, but is allowed because of something that was (companions.h).
enum class ItemKind : uint8_t { syscall, arguments, denied, capability, file, socket, port, behaviour, companion };
std::string_view item_kind_name(ItemKind kind);  ///< "syscall", …

/// One row of a trace, named as a person would ask for it.
struct Item {
  ItemKind kind;
  std::string name;    ///< "ptrace", "i386 read", "NET_RAW", "/etc/passwd", "inet stream", "inet stream 80"
  std::string detail;  ///< phase, arguments, errno, verdict with call, operation
  Evidence evidence;
  std::optional<uint64_t> count;        ///< how often it happened, where that is counted
  bool application = true;              ///< false: only the runtime did it
  std::optional<CapVerdict> verdict{};  ///< of a capability
  std::string chain{};  ///< functions of the kernel that asked for the capability, innermost first, as "a<b"
  std::vector<std::string> objects{};  ///< what a capability was used for, and by whom; as object_text()
};
/// All items, in the order of the trace.
std::vector<Item> items_of(const Trace& trace);
/// Those of one kind: there may be very many files.
std::vector<Item> items_of(const Trace& trace, ItemKind kind);

/// For those who do not know the kernel: without chains. Neighbours that then tell the same are one item.
std::vector<Item> without_chains(std::vector<Item> items);

/// The items that `name` matches: a call with or without its table, a capability with or without CAP_, a path, a
/// directory with a slash at its end (everything below it), a pattern with * and ?, a socket's family and type, a port
/// by its number, or a behaviour.
std::vector<Item> find_items(const Trace& trace, const std::string& name);

std::string explain_items(const Trace& trace, const std::vector<Item>& items);

/// What few runs needed, what only the runtime or a single program needs, what was denied, and the coverage; ranked.
std::string explain_overview(const Trace& trace, bool with_chains = false);

/// How much of what could be seen was seen. Counts the application's calls, the capabilities that it needed, kinds of
/// sockets, and directories in which it changed something.
struct Coverage {
  size_t runs = 0;
  size_t items = 0;
  size_t once = 0;   ///< items that exactly one run saw
  size_t twice = 0;  ///< items that exactly two runs saw
  /// Chao's lower bound for the number of items that no run saw, computed from `once` and `twice` (Chao 1987, incidence
  /// data). nullopt for a single run. Assumes that further runs would be drawn from the same tests.
  std::optional<double> unseen;
  /// Good-Turing estimate: how many new items one more such run would bring.
  std::optional<double> next_run;
  /// Expected number of items in n runs, for n = 1 … runs, averaged over all orders of the runs (rarefaction).
  std::vector<double> by_runs;
  /// Number of items seen by the end of each tenth of `duration`.
  std::array<size_t, 10> by_time{};
  /// When the last new item appeared; nanoseconds since the first call.
  uint64_t last_new_ns = 0;
  std::string last_new;   ///< the name of that item
  uint64_t duration = 0;  ///< of the longest run, from its first call on; nanoseconds
};
Coverage coverage_of(const Trace& trace);
/// The overview's lines about coverage. `with_numbers`: also how many items were found by when, and how many are
/// expected after how many runs, which a chart can show better.
std::vector<std::string> coverage_lines(const Coverage& coverage, bool with_numbers = true);

/// With fewer runs than this, nothing can be said about what was not seen.
inline constexpr size_t kLeastRuns = 3;

}  // namespace profilegen
