// SPDX-License-Identifier: Apache-2.0
#include "containers/restarts.h"

#include <algorithm>

#include "containers/inspections.h"
#include "profilegen/process/clock.h"

namespace profilegen {
namespace {

constexpr uint64_t kMillisecond = 1'000'000;
constexpr uint64_t kPeriod = 250 * kMillisecond;

// `docker restart` is a stop and a start. Between them, for some tenths of a second, a container looks as if it had
// been stopped. Docker tells of one that it restarts by its policy; of podman's and nerdctl's nothing is seen until
// they have started once more for that.
constexpr uint64_t kByHand = 1'500 * kMillisecond;
constexpr uint64_t kByPolicy = 4'000 * kMillisecond;
// Docker waits at most a minute before it starts a container again by its policy.
constexpr uint64_t kLongest = 120'000 * kMillisecond;

// The latest run of each recorded container, by its id. Runs are numbered in the order of their beginning.
std::map<std::string, const LiveRun*> latest_runs(const LiveRuns& runs) {
  std::map<std::string, const LiveRun*> latest;
  for (const auto& [index, live] : runs)
    if (live->wanted == Wanted::yes && !live->id.empty()) latest[live->id] = live.get();
  return latest;
}

// Any run may be the first of which the engine has told the name. Empty if it has not yet.
std::string name_for_people(const LiveRuns& runs, const std::string& id) {
  for (const auto& [index, live] : runs)
    if (live->id == id && live->info && !live->info->subject.container_name.empty())
      return live->info->subject.container_name;
  return "";
}

}  // namespace

void Restarts::tell_new(const LiveRuns& runs, const std::function<void(const std::string&)>& say) {
  std::set<std::string> before;
  for (const auto& [index, live] : runs) {
    if (live->wanted != Wanted::yes || live->id.empty()) continue;
    if (before.insert(live->id).second || told_.contains(index)) continue;
    const std::string name = name_for_people(runs, live->id);
    if (name.empty()) continue;
    told_.insert(index);
    if (say) say(name + " was started again, which is recorded as one more run of it");
  }
}

// Not the first one alone: a container is known only to the engine that started it.
const EngineClient& Restarts::engine_of(const LiveRun& live) const {
  const std::string name = live.info ? live.info->subject.engine : "";
  const auto found = std::ranges::find_if(engines_, [&](const EngineClient& one) {
    return live.engine != nullptr ? one.engine == live.engine : one.engine->name == name;
  });
  return found == engines_.end() ? engines_.front() : *found;
}

// A stop, and with it `docker restart`, begins with a signal. The first process of a pid namespace gets it only if it
// handles it or waits for it; else it is killed later.
bool Restarts::may_have_been_stopped(const LiveRun& live) const {
  const auto run = session_.run(live.index);
  if (!run || run->killed != 0) return true;
  const auto takes_signals = [](const auto& fact) {
    const SyscallKey& key = fact.first;
    const std::string name = syscall_name(key.arch, key.number).value_or("");
    return key.phase == Phase::app && (name.starts_with("signalfd") || name.starts_with("rt_sigtimedwait"));
  };
  if (std::ranges::any_of(live.facts.syscalls, takes_signals)) return true;
  return std::ranges::any_of(session_.behaviours(), [&](const auto& entry) {
    return entry.first.run == live.index && entry.first.behaviour == PG_BEHAVIOUR_SIGNAL_HANDLER;
  });
}

bool Restarts::is_last(const LiveRun& live) {
  End& end = ends_[live.id];
  if (end.run != live.index) end = End{live.index, 0, false};
  const uint64_t now = monotonic_ns();
  if (end.is_last || now - end.asked_ns < kPeriod) return end.is_last;
  end.asked_ns = now;
  const auto found = inspect(engine_of(live), {live.id});
  const uint64_t since = monotonic_ns() - live.end_ns;
  const bool is_gone = !found;
  const bool has_stopped = found && !found->front().state.lives;
  const bool may_return = found && found->front().state.policy;
  const bool unannounced = may_return && found->front().subject.engine != "docker";
  const uint64_t patience = unannounced ? kByPolicy : may_return || may_have_been_stopped(live) ? kByHand : 0;
  end.is_last = is_gone || (has_stopped && since > patience) || since > kLongest;
  return end.is_last;
}

bool Restarts::are_over(const LiveRuns& runs) {
  bool over = true;
  for (const auto& [id, live] : latest_runs(runs)) over = live->ended && is_last(*live) && over;
  return over;
}

}  // namespace profilegen
