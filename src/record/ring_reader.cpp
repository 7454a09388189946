// SPDX-License-Identifier: Apache-2.0
#include "ring_reader.h"

#include <linux/bpf.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace profilegen {
namespace {

size_t page() { return static_cast<size_t>(sysconf(_SC_PAGESIZE)); }

char* map_pages(int fd, size_t size, int protection, size_t offset) {
  void* memory = mmap(nullptr, size, protection, MAP_SHARED, fd, static_cast<off_t>(offset));
  return memory == MAP_FAILED ? nullptr : static_cast<char*>(memory);
}

uint64_t load(const char* memory) {
  return __atomic_load_n(reinterpret_cast<const uint64_t*>(memory), __ATOMIC_ACQUIRE);
}

}  // namespace

RingReader::RingReader(int map, size_t bytes, Handler handler)
    : map_(map), bytes_(bytes), handler_(std::move(handler)) {}

RingReader::RingReader(RingReader&& other) noexcept
    : map_(other.map_),
      bytes_(other.bytes_),
      handler_(std::move(other.handler_)),
      consumer_(std::exchange(other.consumer_, nullptr)),
      producer_(std::exchange(other.producer_, nullptr)),
      position_(other.position_),
      records_(other.records_),
      cut_(std::move(other.cut_)) {}

RingReader::~RingReader() {
  if (consumer_) munmap(consumer_, page());
  if (producer_) munmap(producer_, page() + bytes_);
}

Result<RingReader> RingReader::create(int map, size_t bytes, Handler handler) {
  RingReader reader(map, bytes, std::move(handler));
  if (!reader.map_memory()) return Error{"BPF", "the ring buffer can't be mapped", "", errno};
  return reader;
}

bool RingReader::map_memory() {
  consumer_ = map_pages(map_, page(), PROT_READ | PROT_WRITE, 0);
  producer_ = map_pages(map_, page() + bytes_, PROT_READ, page());
  return consumer_ && producer_;
}

uint64_t RingReader::written() const { return load(producer_); }

const char* RingReader::whole(uint64_t at, size_t size) {
  const char* data = producer_ + page();
  const size_t begin = at % bytes_;
  if (begin + size <= bytes_) return data + begin;
  const size_t until_end = bytes_ - begin;
  cut_.resize(size);
  std::memcpy(cut_.data(), data + begin, until_end);
  std::memcpy(cut_.data() + until_end, data, size - until_end);
  return cut_.data();
}

// A record is a header of 8 bytes, of which the first 4 are its length and two flags, and its data, padded to 8 bytes.
bool RingReader::read_one() {
  constexpr size_t kHeader = BPF_RINGBUF_HDR_SZ;
  if (position_ >= written()) return false;
  const char* header = producer_ + page() + position_ % bytes_;
  const uint32_t word = __atomic_load_n(reinterpret_cast<const uint32_t*>(header), __ATOMIC_ACQUIRE);
  if ((word & BPF_RINGBUF_BUSY_BIT) != 0) return false;  // still being written; those behind it wait
  const size_t size = word & ~(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT);
  if ((word & BPF_RINGBUF_DISCARD_BIT) == 0) {
    handler_(whole(position_ + kHeader, size), size);
    ++records_;
  }
  position_ += (kHeader + size + 7) / 8 * 8;
  __atomic_store_n(reinterpret_cast<uint64_t*>(consumer_), position_, __ATOMIC_RELEASE);
  return true;
}

bool RingReader::read(size_t most) {
  for (size_t count = 0; count < most; ++count)
    if (!read_one()) return false;
  return true;
}

}  // namespace profilegen
