// SPDX-License-Identifier: Apache-2.0
// trace → why something is allowed, and how much was probably not seen. For people.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/trace.h"

namespace profilegen {

enum class ItemKind : uint8_t { syscall, arguments, denied, capability, file, socket };
std::string_view item_kind_name(ItemKind kind);  ///< "syscall", …

/// One row of a trace as a person would ask for it.
struct Item {
  ItemKind kind;
  std::string name;    ///< "ptrace", "i386 read", "NET_RAW", "/etc/passwd", "inet stream"
  std::string detail;  ///< phase, arguments, errno, verdict with call and site, operation
  Evidence evidence;
  std::optional<uint64_t> count;  ///< how often, where that was counted
  bool application = true;        ///< false: only the runtime did it
};
/// In the order of the trace.
std::vector<Item> items_of(const Trace& trace);
/// Of one kind only: there may be very many files.
std::vector<Item> items_of(const Trace& trace, ItemKind kind);

/// Those that `name` asks for: a call, with or without its table, a capability with or without CAP_, a path, a
/// directory with a slash at its end for all below, a pattern with * and ?, or a family and type of sockets.
std::vector<Item> find_items(const Trace& trace, const std::string& name);

std::string explain_items(const Trace& trace, const std::vector<Item>& items);

/// Ranked: what few runs needed, what only the runtime or one program alone needs, what was denied, and coverage.
std::string explain_overview(const Trace& trace);

/// How much of what there is to be seen was seen. Counted are the application's calls, the capabilities that it needed,
/// kinds of sockets, and directories in which it changed something.
struct Coverage {
  size_t runs = 0;
  size_t items = 0;
  size_t once = 0;   ///< items that exactly one run saw
  size_t twice = 0;  ///< items that exactly two runs saw
  /// Chao's lower bound of the items that no run saw, from those that one and two saw (Chao 1987, incidence data). Not
  /// known for one run. Taken for granted: further runs are drawn from the same tests as these.
  std::optional<double> unseen;
  /// Good and Turing: how many new items one more such run would bring.
  std::optional<double> next_run;
  /// Expected items of the first n of the runs in any order, for n = 1 … runs (rarefaction).
  std::vector<double> by_runs;
  /// Items that were there after each tenth of that time.
  std::array<size_t, 10> by_time{};
  /// When the last new item came, and how long the longest run took, both from the first call on; nanoseconds.
  uint64_t last_new_ns = 0;
  std::string last_new;  ///< what it was
  uint64_t duration = 0;
};
Coverage coverage_of(const Trace& trace);
/// The lines of the overview about it.
std::string coverage_text(const Coverage& coverage);

/// With fewer runs nothing can be said about what was not seen.
inline constexpr size_t kLeastRuns = 3;

}  // namespace profilegen
