// SPDX-License-Identifier: Apache-2.0
#include "events/call_sites.h"

#include <catch2/catch.hpp>

using namespace profilegen;

TEST_CASE("a check that only asks is told by the innermost functions") {
  CHECK(is_unaudited({"cap_capable", "security_capable", "ns_capable_noaudit", "may_attach"}));
  CHECK(is_unaudited({"cap_capable", "cap_vm_enough_memory", "security_vm_enough_memory_mm"}));
  CHECK_FALSE(is_unaudited({"cap_capable", "security_capable", "ns_capable", "sethostname"}));
  // That function is too far out to have made the check.
  CHECK_FALSE(is_unaudited({"cap_capable", "security_capable", "capable", "do_work", "ns_capable_noaudit"}));
}

TEST_CASE("a check that overlayfs makes on its own attributes is not the caller's") {
  CHECK(is_of_overlay({"cap_capable", "security_capable", "capable", "xattr_permission", "vfs_getxattr",
                       "ovl_check_metacopy_xattr", "ovl_lookup_single"}));
  CHECK_FALSE(is_of_overlay({"cap_capable", "security_capable", "capable", "setattr_prepare", "ovl_setattr"}));
  CHECK_FALSE(is_of_overlay({"cap_capable", "security_capable", "capable", "xattr_permission", "vfs_getxattr"}));
}

TEST_CASE("a call site begins where checks differ, and leaves the tracer out") {
  CHECK(call_site_text({"cap_capable", "security_capable", "ns_capable", "can_nice", "set_one_prio"}) ==
        "can_nice<set_one_prio");
  CHECK(is_own_frame("bpf_prog_36b51d0e0b9438a9_on_cap_capable"));
  CHECK(is_own_frame("bpf_trace_run5"));
  CHECK(is_own_frame("bpf_trampoline_6442531406"));
  CHECK_FALSE(is_own_frame("bpf_prog"));
}
