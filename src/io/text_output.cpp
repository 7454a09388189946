// SPDX-License-Identifier: Apache-2.0
#include "text_output.h"

#include <unistd.h>

#include <cerrno>

namespace profilegen {
namespace {

constexpr size_t kPiece = 65536;

Status write_all(int file, std::string_view text, const std::string& object) {
  while (!text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Error{object, "cannot be written", {}, errno};
    text.remove_prefix(static_cast<size_t>(count));
  }
  return Done{};
}

}  // namespace

Status write_text(int file, const TextSource& text, const std::string& object) {
  Status result = Done{};
  std::string waiting;
  const auto flush = [&](std::string_view piece) {
    if (result) result = write_all(file, piece, object);  // after a failure nothing more is written
  };
  text([&](std::string_view piece) {
    if (waiting.size() + piece.size() > kPiece) {
      flush(waiting);
      waiting.clear();
    }
    if (piece.size() > kPiece)
      flush(piece);
    else
      waiting.append(piece);
  });
  flush(waiting);
  return result;
}

}  // namespace profilegen
