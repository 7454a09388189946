// SPDX-License-Identifier: Apache-2.0
// Delta debugging: a part of the profile is removed, and stays removed when the command still passes.
#include <algorithm>
#include <span>

#include "profilegen/verify.h"

namespace profilegen {
namespace {

class Minimizer {
 public:
  Minimizer(Profile profile, const TryProfile& attempt) : best_(std::move(profile)), try_(attempt) {}

  Result<bool> passes_as_it_is() { return passes(best_); }

  template <typename Item, typename Remove>
  Status prune(std::span<const Item> items, const Remove& remove) {
    if (items.empty()) return Done{};
    const auto gone = leave_out(items, remove);
    if (!gone) return gone.error();
    return *gone ? Status(Done{}) : prune_halves(items, remove);
  }

  /// Calls that only the application is recorded to need, but that it has made in no run so far.
  [[nodiscard]] std::vector<CallKey> unused_calls() const {
    std::vector<CallKey> unused;
    for (const auto& [call, who] : best_.calls)
      if (who == std::set<NeededBy>{NeededBy::app} && !made_.contains(call)) unused.push_back(call);
    return unused;
  }

  /// Of the capabilities that were left out, only those are known as denied that the command asked for nevertheless.
  [[nodiscard]] Profile result(const Profile& whole) const {
    Profile smaller = best_;
    std::erase_if(smaller.denied_capabilities, [&](const std::string& name) {
      return !whole.denied_capabilities.contains(name) && !denied_.contains(name);
    });
    return smaller;
  }

 private:
  /// Tries without all of them, and leaves them out if that passes.
  template <typename Item, typename Remove>
  Result<bool> leave_out(std::span<const Item> items, const Remove& remove) {
    Profile candidate = best_;
    for (const Item& item : items) remove(candidate, item);
    auto passed = passes(candidate);
    if (passed && *passed) best_ = std::move(candidate);
    return passed;
  }

  /// Without all of `items` it fails. So when the first half is gone, it is known that the second can't go as a whole.
  template <typename Item, typename Remove>
  Status prune_halves(std::span<const Item> items, const Remove& remove) {
    if (items.size() == 1) return Done{};
    const auto first = items.first(items.size() / 2);
    const auto second = items.subspan(items.size() / 2);
    const auto gone = leave_out(first, remove);
    if (!gone) return gone.error();
    if (*gone) return prune_halves(second, remove);
    if (Status rest = prune_halves(first, remove); !rest) return rest;
    return prune(second, remove);
  }

  Result<bool> passes(const Profile& candidate) {
    auto attempt = try_(candidate);
    if (!attempt) return attempt.error();
    made_.merge(attempt->calls);
    denied_.merge(attempt->denied);
    return attempt->passed;
  }

  Profile best_;
  const TryProfile& try_;
  std::set<CallKey> made_;
  std::set<std::string> denied_;
};

// A check that is denied does not count against the attempt: whether the command can do without is what is tried.
void deny(Profile& candidate, const std::string& name) {
  candidate.capabilities.erase(name);
  candidate.file_capabilities.erase(name);
  candidate.kept_capabilities.erase(name);
  candidate.denied_capabilities.insert(name);
}

template <typename Map>
std::vector<std::string> keys(const Map& map) {
  std::vector<std::string> names;
  for (const auto& [name, value] : map) names.push_back(name);
  return names;
}

}  // namespace

Result<Profile> minimize(const Profile& profile, const TryProfile& attempt) {
  Minimizer minimizer(profile, attempt);
  const auto passes = minimizer.passes_as_it_is();
  if (!passes) return passes.error();
  if (!*passes)
    return Error{"verify", "the command does not pass under the bundle as it is", "mend it first, with --fix"};
  const std::vector<std::string> capabilities(profile.capabilities.begin(), profile.capabilities.end());
  Status pruned = minimizer.prune(std::span(capabilities), deny);
  if (!pruned) return pruned.error();
  const std::vector<std::string> holes = keys(profile.holes);
  pruned = minimizer.prune(std::span(holes),
                           [](Profile& candidate, const std::string& path) { candidate.holes.erase(path); });
  if (!pruned) return pruned.error();
  // Calls come last: by then the command has run most often.
  const std::vector<CallKey> calls = minimizer.unused_calls();
  pruned =
      minimizer.prune(std::span(calls), [](Profile& candidate, const CallKey& call) { candidate.calls.erase(call); });
  if (!pruned) return pruned.error();
  return minimizer.result(profile);
}

}  // namespace profilegen
