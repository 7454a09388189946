// SPDX-License-Identifier: Apache-2.0
// Reads a BPF ring buffer (Documentation/bpf/ringbuf.rst). libbpf's own reader maps the data twice in a row, so that no
// record is cut in two at the end; here the mapping costs half of that memory, and such a record is put together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "profilegen/result.h"
#include "profilegen/unique_fd.h"

namespace profilegen {

class RingReader {
 public:
  using Handler = std::function<void(const void* data, size_t size)>;
  /// Each record is handed out twice: as soon as it is there, while many that came before it may wait, and in its turn.
  struct Handlers {
    Handler at_once;
    Handler in_turn;
  };

  /// `map`: a BPF_MAP_TYPE_RINGBUF of `bytes`, which stays open for as long as the reader is used.
  static Result<RingReader> create(int map, size_t bytes, Handlers handlers);
  RingReader(RingReader&& other) noexcept;
  RingReader& operator=(RingReader&&) = delete;
  ~RingReader();

  /// Readable when a record waits (it is the map's).
  [[nodiscard]] int fd() const { return map_; }
  /// Hands out at most so many records; true when more may be there.
  bool read(size_t most);
  /// Hands out at once what has come since, and nothing in its turn: for who is busy with something else.
  void look_ahead();
  /// How far the kernel has come: all that was recorded so far has been read once position() is there.
  [[nodiscard]] uint64_t written() const;
  [[nodiscard]] uint64_t position() const { return position_; }
  /// Records that were handed out in their turn.
  [[nodiscard]] uint64_t records() const { return records_; }

 private:
  // Where a record begins, how long its data is, and whether it is to be handed out.
  struct Header {
    uint64_t at = 0;
    size_t size = 0;
    bool discarded = false;
  };

  RingReader(int map, size_t bytes, Handlers handlers);
  [[nodiscard]] bool map_memory();
  [[nodiscard]] bool header(uint64_t at, Header& found) const;
  bool read_one();
  const char* whole(const Header& record);

  int map_;
  size_t bytes_;
  Handlers handlers_;
  char* consumer_ = nullptr;  // a page with the position that we tell the kernel
  char* producer_ = nullptr;  // a page with the position of the kernel, then the data
  uint64_t position_ = 0;
  uint64_t ahead_ = 0;  // as far as records were handed out at once
  uint64_t records_ = 0;
  std::vector<char> cut_;  // a record that goes over the end of the data
};

}  // namespace profilegen
