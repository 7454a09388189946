// SPDX-License-Identifier: Apache-2.0
// Reads a BPF ring buffer (Documentation/bpf/ringbuf.rst). libbpf's own reader maps the data twice in a row, so that a
// record at the end is contiguous. This one maps it once, which halves the memory, and copies such a record.
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
  /// Each record is handed out twice: at once when it is found, before earlier records are handled, and later in its
  /// turn.
  struct Handlers {
    Handler at_once;
    Handler in_turn;
  };

  /// `map`: a BPF_MAP_TYPE_RINGBUF of `bytes` bytes. It must stay open as long as the reader is used.
  static Result<RingReader> create(int map, size_t bytes, Handlers handlers);
  RingReader(RingReader&& other) noexcept;
  RingReader& operator=(RingReader&&) = delete;
  ~RingReader();

  /// The map's descriptor. It is readable when a record waits.
  [[nodiscard]] int fd() const { return map_; }
  /// Hands out at most `most` records. Returns true if there may be more.
  bool read(size_t most);
  /// Hands new records to `at_once` and none to `in_turn`, for callers that are busy with something else.
  void look_ahead();
  /// The kernel's write position. Once position() reaches it, everything recorded until now has been read.
  [[nodiscard]] uint64_t written() const;
  [[nodiscard]] uint64_t position() const { return position_; }
  /// The number of records that were handed out in their turn.
  [[nodiscard]] uint64_t records() const { return records_; }

 private:
  // A record's position, the length of its data, and whether the kernel part discarded it.
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
  char* consumer_ = nullptr;  // page with our read position, for the kernel
  char* producer_ = nullptr;  // page with the kernel's write position, followed by the data
  uint64_t position_ = 0;
  uint64_t ahead_ = 0;  // up to here records were handed out at once
  uint64_t records_ = 0;
  std::vector<char> cut_;  // copy of a record that wraps around the end of the buffer
};

}  // namespace profilegen
