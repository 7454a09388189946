// SPDX-License-Identifier: Apache-2.0
#include "live/view.h"

#include <unistd.h>

#include "live/block.h"

namespace profilegen::cli {

namespace {
constexpr auto kFirstLine = std::chrono::seconds(30);
}  // namespace

LiveView::LiveView(const Console& console)
    : console_(console),
      colour_(colours_wanted(STDERR_FILENO)),
      screen_(console.quiet ? nullptr : Screen::open()),
      next_line_(kFirstLine) {}

void LiveView::follow(RecordOptions& request) {
  if (console_.quiet) return;
  request.progress = [this](const RecordProgress& progress) { show(progress); };
  // Counting all that was recorded takes time, so it is done only as often as it is shown.
  request.progress_period = screen_ ? std::chrono::seconds(1) : kFirstLine;
}

void LiveView::show(const RecordProgress& progress) {
  if (screen_) return screen_->show(progress_block(progress, colour_));
  if (progress.elapsed < next_line_) return;
  // Each line comes after twice the time of the last: the log of a day has a dozen.
  next_line_ *= 2;
  console_.note(progress_line(progress));
}

}  // namespace profilegen::cli
