// SPDX-License-Identifier: Apache-2.0
#include "kernel/ring_reader.h"

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

constexpr size_t kHeader = BPF_RINGBUF_HDR_SZ;

uint64_t end_of(uint64_t at, size_t size) { return at + (kHeader + size + 7) / 8 * 8; }

}  // namespace

RingReader::RingReader(int map, size_t bytes, Handlers handlers)
    : map_(map), bytes_(bytes), handlers_(std::move(handlers)) {}

RingReader::RingReader(RingReader&& other) noexcept
    : map_(other.map_),
      bytes_(other.bytes_),
      handlers_(std::move(other.handlers_)),
      consumer_(std::exchange(other.consumer_, nullptr)),
      producer_(std::exchange(other.producer_, nullptr)),
      position_(other.position_),
      ahead_(other.ahead_),
      records_(other.records_),
      cut_(std::move(other.cut_)) {}

RingReader::~RingReader() {
  if (consumer_) munmap(consumer_, page());
  if (producer_) munmap(producer_, page() + bytes_);
}

Result<RingReader> RingReader::create(int map, size_t bytes, Handlers handlers) {
  RingReader reader(map, bytes, std::move(handlers));
  if (!reader.map_memory()) return Error{"BPF", "the ring buffer can't be mapped", "", errno};
  return reader;
}

bool RingReader::map_memory() {
  consumer_ = map_pages(map_, page(), PROT_READ | PROT_WRITE, 0);
  producer_ = map_pages(map_, page() + bytes_, PROT_READ, page());
  return consumer_ && producer_;
}

uint64_t RingReader::written() const { return load(producer_); }

const char* RingReader::whole(const Header& record) {
  const char* data = producer_ + page();
  const size_t begin = (record.at + kHeader) % bytes_;
  if (begin + record.size <= bytes_) return data + begin;
  const size_t until_end = bytes_ - begin;
  cut_.resize(record.size);
  std::memcpy(cut_.data(), data + begin, until_end);
  std::memcpy(cut_.data() + until_end, data, record.size - until_end);
  return cut_.data();
}

// A record has a header of 8 bytes, then its data, padded to 8 bytes. The header's first 4 bytes hold length and two
// flags.
bool RingReader::header(uint64_t at, Header& found) const {
  if (at >= written()) return false;
  const char* memory = producer_ + page() + at % bytes_;
  const uint32_t word = __atomic_load_n(reinterpret_cast<const uint32_t*>(memory), __ATOMIC_ACQUIRE);
  if ((word & BPF_RINGBUF_BUSY_BIT) != 0) return false;  // still being written; later records wait for it
  found = {at, word & ~(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT), (word & BPF_RINGBUF_DISCARD_BIT) != 0};
  return true;
}

void RingReader::look_ahead() {
  for (Header record; header(ahead_, record); ahead_ = end_of(record.at, record.size))
    if (!record.discarded) handlers_.at_once(whole(record), record.size);
}

bool RingReader::read_one() {
  look_ahead();
  Header record;
  if (!header(position_, record)) return false;
  if (!record.discarded) {
    handlers_.in_turn(whole(record), record.size);
    ++records_;
  }
  position_ = end_of(record.at, record.size);
  __atomic_store_n(reinterpret_cast<uint64_t*>(consumer_), position_, __ATOMIC_RELEASE);
  return true;
}

bool RingReader::read(size_t most) {
  for (size_t count = 0; count < most; ++count)
    if (!read_one()) return false;
  return true;
}

}  // namespace profilegen
