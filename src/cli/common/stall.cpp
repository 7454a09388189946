// SPDX-License-Identifier: Apache-2.0
#include "common/stall.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "profilegen/process/waiting_threads.h"
#include "profilegen/syscalls.h"

namespace profilegen::cli {

namespace {

constexpr size_t kMostPlaces = 4;

std::string place_of(const ThreadNow& thread) {
  if (thread.runs) return fmt::format("{} (thread {}) runs without a pause", thread.program, thread.tid);
  if (!thread.call) return fmt::format("{} waits", thread.program);
  return fmt::format("{} waits in {}", thread.program, syscall_label(native_arch(), *thread.call));
}

/// Those that run come first: a program may try again and again what is denied.
std::string places_of(std::vector<ThreadNow> threads) {
  std::ranges::stable_sort(threads, [](const ThreadNow& a, const ThreadNow& b) { return a.runs && !b.runs; });
  std::vector<std::string> places;
  for (const ThreadNow& thread : threads)
    if (const std::string place = place_of(thread); std::ranges::find(places, place) == places.end())
      places.push_back(place);
  std::string text;
  for (size_t at = 0; at < std::min(places.size(), kMostPlaces); ++at) text += (at == 0 ? "" : ", ") + places[at];
  return text + (places.size() > kMostPlaces ? ", …" : "");
}

std::string where_it_waits(const RecordProgress& progress) {
  std::vector<ThreadNow> threads;
  for (const uint32_t process : progress.processes)
    for (const ThreadNow& thread : threads_around(static_cast<int>(process))) threads.push_back(thread);
  return places_of(std::move(threads));
}

}  // namespace

StallWatch::StallWatch(std::chrono::nanoseconds after, std::function<std::string()> last_denied, const Console& console)
    : after_(after), last_denied_(std::move(last_denied)), console_(console) {}

void StallWatch::follow(RecordOptions& request) {
  request.progress = [this](const RecordProgress& progress) { look(progress); };
}

void StallWatch::look(const RecordProgress& progress) {
  const std::string denied = last_denied_();
  const std::array done{progress.syscalls, progress.capabilities, progress.changes, std::hash<std::string>()(denied)};
  if (std::exchange(done_, done) != done) last_new_ = progress.elapsed;
  const std::chrono::nanoseconds since_new = progress.elapsed - last_new_;
  const bool quiet = since_new >= after_ && !progress.processes.empty();
  if (!std::exchange(quiet_, quiet) && quiet) {
    told_ =
        fmt::format("nothing new for {} s; {}; {}", std::chrono::duration_cast<std::chrono::seconds>(since_new).count(),
                    denied.empty() ? "nothing was denied so far" : "denied last: " + denied, where_it_waits(progress));
    console_.note(told_ + (denied.empty() ? "" : ": if it hangs, stop it, and --fix allows what was denied"));
  }
}

}  // namespace profilegen::cli
