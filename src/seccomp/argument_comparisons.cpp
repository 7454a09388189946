// SPDX-License-Identifier: Apache-2.0
#include "argument_comparisons.h"

#include <cstddef>
#include <cstring>

namespace profilegen::seccomp {
namespace {

constexpr uint32_t kFirstArgument = offsetof(seccomp_data, args);
constexpr uint32_t kWordSize = sizeof(uint32_t);
constexpr uint32_t kAllOnes = 0xffffffff;

/// Where the walk is: an instruction, and what the accumulator holds.
struct Place {
  size_t at = 0;
  uint32_t offset = 0;  ///< loaded from here; of an argument if not below kFirstArgument
  uint32_t mask = kAllOnes;
  auto operator<=>(const Place&) const = default;
};

class Walk {
 public:
  Walk(const std::vector<sock_filter>& program, const seccomp_data& data) : program_(program), data_(data) {}

  std::set<WordComparison> comparisons() {
    open_.push_back({});
    while (!open_.empty()) {
      const Place next = open_.back();
      open_.pop_back();
      follow(next);
    }
    return std::move(found_);
  }

 private:
  /// Goes on until the answer, or until an argument decides.
  void follow(Place place) {
    for (; place.at < program_.size(); ++place.at) {
      const sock_filter& op = program_[place.at];
      if (BPF_CLASS(op.code) == BPF_RET) return;
      if (BPF_CLASS(op.code) == BPF_LD) {
        place.offset = op.k;
        place.mask = kAllOnes;
      } else if (BPF_CLASS(op.code) == BPF_ALU) {
        place.mask &= op.k;
      } else if (op.code == (BPF_JMP | BPF_JA)) {
        place.at += op.k;
      } else if (place.offset >= kFirstArgument) {
        return fork(place, op);
      } else {
        place.at += holds(op, place) ? op.jt : op.jf;
      }
    }
  }

  void fork(const Place& place, const sock_filter& op) {
    const uint32_t word = (place.offset - kFirstArgument) / kWordSize;
    const bool ordered = BPF_OP(op.code) != BPF_JEQ;
    found_.insert({static_cast<uint8_t>(word / 2), word % 2 == 1, place.mask, op.k, ordered});
    for (const uint32_t jump : {op.jt, op.jf}) {
      const Place next{place.at + 1 + jump, place.offset, place.mask};
      if (seen_.insert(next).second) open_.push_back(next);
    }
  }

  [[nodiscard]] bool holds(const sock_filter& op, const Place& place) const {
    uint32_t word = 0;
    std::memcpy(&word, reinterpret_cast<const char*>(&data_) + place.offset, sizeof word);
    word &= place.mask;
    if (BPF_OP(op.code) == BPF_JEQ) return word == op.k;
    return BPF_OP(op.code) == BPF_JGE ? word >= op.k : word > op.k;
  }

  const std::vector<sock_filter>& program_;
  const seccomp_data& data_;
  std::vector<Place> open_;
  std::set<Place> seen_;
  std::set<WordComparison> found_;
};

}  // namespace

std::set<WordComparison> argument_comparisons(const std::vector<sock_filter>& program, const seccomp_data& data) {
  return Walk(program, data).comparisons();
}

}  // namespace profilegen::seccomp
