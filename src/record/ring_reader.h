// SPDX-License-Identifier: Apache-2.0
// Reads a BPF ring buffer (Documentation/bpf/ringbuf.rst). libbpf's own reader maps the data twice in a row, so that no
// record is cut in two at the end; here the mapping costs half of that memory, and such a record is put together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "profilegen/result.h"
#include "unique_fd.h"

namespace profilegen {

class RingReader {
 public:
  using Handler = std::function<void(const void* data, size_t size)>;

  /// `map`: a BPF_MAP_TYPE_RINGBUF of `bytes`, which stays open for as long as the reader is used.
  static Result<RingReader> create(int map, size_t bytes, Handler handler);
  RingReader(RingReader&& other) noexcept;
  RingReader& operator=(RingReader&&) = delete;
  ~RingReader();

  /// Readable when a record waits (it is the map's).
  [[nodiscard]] int fd() const { return map_; }
  /// Hands out at most so many records; true when more may be there.
  bool read(size_t most);
  /// How far the kernel has come: all that was recorded so far has been read once position() is there.
  [[nodiscard]] uint64_t written() const;
  [[nodiscard]] uint64_t position() const { return position_; }
  /// Records that were handed out.
  [[nodiscard]] uint64_t records() const { return records_; }

 private:
  RingReader(int map, size_t bytes, Handler handler);
  [[nodiscard]] bool map_memory();
  bool read_one();
  const char* whole(uint64_t at, size_t size);

  int map_;
  size_t bytes_;
  Handler handler_;
  char* consumer_ = nullptr;  // a page with the position that we tell the kernel
  char* producer_ = nullptr;  // a page with the position of the kernel, then the data
  uint64_t position_ = 0;
  uint64_t records_ = 0;
  std::vector<char> cut_;  // a record that goes over the end of the data
};

}  // namespace profilegen
