// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "evidence.h"
#include "profilegen/trace.h"

namespace profilegen {
namespace {

using Rows = std::map<ArgumentKey, Evidence>;

Rows::iterator end_of_call(Rows& rows, Rows::iterator row) {
  const SyscallKey call = row->first.call;
  return std::find_if(row, rows.end(), [&call](const auto& other) { return other.first.call != call; });
}

}  // namespace

// Whether a call is widened depends only on the union of its values, and all their evidence is joined. So the order in
// which traces are merged does not matter.
void widen_arguments(Rows& rows) {
  for (auto row = rows.begin(); row != rows.end();) {
    const auto end = end_of_call(rows, row);
    const auto count = static_cast<size_t>(std::distance(row, end));
    const bool any = row->first.values.empty();
    if (any ? count > 1 : count > kMostArgumentValues) {
      Evidence all = row->second;
      for (auto other = std::next(row); other != end; ++other) join(all, other->second);
      const SyscallKey call = row->first.call;
      rows.erase(row, end);
      rows.emplace(ArgumentKey{call, {}}, std::move(all));
    }
    row = end;
  }
}

}  // namespace profilegen
