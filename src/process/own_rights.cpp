// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/own_rights.h"

#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace profilegen {
namespace {

struct Sets {
  uint64_t effective = 0;
  uint64_t permitted = 0;
  uint64_t inheritable = 0;
};

using Data = std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3>;

Sets own_sets() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  Data data{};
  if (syscall(SYS_capget, &header, data.data()) != 0) return {};
  return {uint64_t{data[1].effective} << 32 | data[0].effective, uint64_t{data[1].permitted} << 32 | data[0].permitted,
          uint64_t{data[1].inheritable} << 32 | data[0].inheritable};
}

// The kernel refuses only what is not permitted, which is never asked for here. With more rights than intended we must
// not go on.
void set(const Sets& sets) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  Data data{};
  for (unsigned half = 0; half < data.size(); ++half) {
    data.at(half).effective = static_cast<uint32_t>(sets.effective >> 32 * half);
    data.at(half).permitted = static_cast<uint32_t>(sets.permitted >> 32 * half);
    data.at(half).inheritable = static_cast<uint32_t>(sets.inheritable >> 32 * half);
  }
  if (syscall(SYS_capset, &header, data.data()) != 0) std::abort();
}

/// Returns what was in effect before.
uint64_t set_effective(uint64_t (*wanted)(const Sets&)) {
  if (geteuid() == 0) return 0;
  Sets sets = own_sets();
  const uint64_t before = sets.effective;
  sets.effective = wanted(sets);
  if (sets.effective != before) set(sets);
  return before;
}

void restore_effective(uint64_t before) {
  if (geteuid() == 0) return;
  Sets sets = own_sets();
  if (sets.effective == before) return;
  sets.effective = before & sets.permitted;
  set(sets);
}

uint64_t none(const Sets&) { return 0; }
uint64_t all(const Sets& sets) { return sets.permitted; }

}  // namespace

void lower_rights() { set_effective(none); }

void give_up_rights() {
  if (geteuid() != 0) set({});
}

RaisedRights::RaisedRights() : before_(set_effective(all)) {}
RaisedRights::~RaisedRights() { restore_effective(before_); }

LoweredRights::LoweredRights() : before_(set_effective(none)) {}
LoweredRights::~LoweredRights() { restore_effective(before_); }

}  // namespace profilegen
