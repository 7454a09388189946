// SPDX-License-Identifier: Apache-2.0
#include "live/block.h"

#include <fmt/format.h>

#include "common/counted.h"
#include "profilegen/terminal_text.h"

namespace profilegen::cli {

namespace {

constexpr auto kSettled = std::chrono::seconds(30);
constexpr size_t kMostNames = 3;

std::string clock_text(std::chrono::nanoseconds time) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time).count();
  if (seconds < 3600) return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string found_text(const RecordProgress& progress) {
  return fmt::format("{}, {}, {}", counted(progress.syscalls, "syscall", "syscalls"),
                     counted(progress.capabilities, "capability", "capabilities"),
                     counted(progress.changes, "change to files", "changes to files"));
}

std::string containers_text(const RecordProgress& progress) {
  std::string text = counted(progress.containers.size(), "container", "containers");
  for (size_t place = 0; place < std::min(progress.containers.size(), kMostNames); ++place)
    text += (place == 0 ? ": " : ", ") + terminal_text(progress.containers[place]);
  return text + (progress.containers.size() > kMostNames ? ", ..." : "");
}

std::string since_text(const RecordProgress& progress) {
  const std::string text = fmt::format("last new item {} ago", clock_text(progress.since_new));
  return progress.since_new < kSettled ? text + ", still finding" : text + ", nothing new for a while";
}

std::string lost_text(const RecordProgress& progress) {
  std::string text;
  for (const auto& [name, events] : progress.lost)
    text += fmt::format("{}{} {}", text.empty() ? "lost: " : ", ", events, name);
  return text;
}

}  // namespace

std::vector<std::string> progress_block(const RecordProgress& progress, bool colour) {
  std::vector<std::string> lines;
  std::string first = "-- profilegen: recording " + clock_text(progress.elapsed);
  if (!progress.containers.empty()) first += ", " + containers_text(progress);
  if (progress.command_ended) first += " (COMMAND has ended; Ctrl-C ends the recording)";
  lines.push_back(first);
  lines.push_back("   " + found_text(progress));
  lines.push_back("   " + since_text(progress));
  const std::string lost = lost_text(progress);
  const std::string cost = fmt::format("recorder: {:.1f} % of a processor", progress.processor * 100);
  if (lost.empty()) {
    lines.push_back("   nothing lost, " + cost);
  } else {
    lines.push_back("   " + (colour ? "\x1b[31m" + lost + "\x1b[0m" : lost) + ", " + cost);
  }
  return lines;
}

std::string progress_line(const RecordProgress& progress) {
  std::string line = clock_text(progress.elapsed) + ": ";
  if (!progress.containers.empty()) line += counted(progress.containers.size(), "container", "containers") + ", ";
  line += found_text(progress) + "; " + since_text(progress);
  const std::string lost = lost_text(progress);
  return lost.empty() ? line : line + "; " + lost;
}

}  // namespace profilegen::cli
