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
  // Looking at all that is recorded takes its time; nobody shall pay for what is not shown.
  request.progress_period = screen_ ? std::chrono::seconds(1) : kFirstLine;
}

void LiveView::show(const RecordProgress& progress) {
  if (screen_) return screen_->show(progress_block(progress, colour_));
  if (progress.elapsed < next_line_) return;
  // Each one after twice the time: a day's log has a dozen of them.
  next_line_ *= 2;
  console_.note(progress_line(progress));
}

}  // namespace profilegen::cli
