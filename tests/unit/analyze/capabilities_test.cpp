// SPDX-License-Identifier: Apache-2.0
#include "evidence.h"

using namespace profilegen;

namespace {
constexpr uint32_t kDacOverride = 1;
constexpr uint32_t kDacReadSearch = 2;
constexpr uint32_t kNetBindService = 10;
constexpr uint32_t kSysAdmin = 21;
}  // namespace

TEST_CASE("only what was needed becomes a capability") {
  TraceOf trace;
  trace.capability(kNetBindService, CapVerdict::needed, "inet_bind");
  trace.capability(kSysAdmin, CapVerdict::unaudited, "cap_vm_enough_memory");
  trace.capability(kSysAdmin, CapVerdict::overridden, "ovl_setattr");
  trace.capability(kSysAdmin, CapVerdict::foreign, "ns_capable");
  const Profile profile = trace.profile();
  CHECK(profile.capabilities == std::set<std::string>{"NET_BIND_SERVICE"});
  CHECK(profile.notes.empty());
}

TEST_CASE("a capability that was asked for and denied is worth telling") {
  TraceOf trace;
  trace.capability(kSysAdmin, CapVerdict::denied, "capable<do_mount");
  const Profile profile = trace.profile();
  CHECK(profile.capabilities.empty());
  CHECK(profile.notes == std::vector<std::string>{"asked for CAP_SYS_ADMIN and was denied"});
}

TEST_CASE("a denial is not told when it was granted elsewhere, or when the check only asked") {
  TraceOf trace;
  trace.capability(kNetBindService, CapVerdict::needed, "a").capability(kNetBindService, CapVerdict::denied, "b");
  trace.capability(kSysAdmin, CapVerdict::denied, "security_vm_enough_memory_mm<mmap_region");
  trace.capability(kSysAdmin, CapVerdict::denied, "ns_capable_noaudit<ptrace_has_cap");
  CHECK(trace.profile().notes.empty());
}

TEST_CASE("where the narrower file capability was tried first, it is named") {
  TraceOf trace;
  trace.capability(kDacReadSearch, CapVerdict::denied, "capable_wrt_inode_uidgid<generic_permission");
  CHECK_FALSE(has_line(trace.profile().notes, "may do instead"));
  trace.capability(kDacOverride, CapVerdict::needed, "capable_wrt_inode_uidgid<generic_permission");
  const Profile profile = trace.profile();
  CHECK(profile.capabilities == std::set<std::string>{"DAC_OVERRIDE"});
  CHECK(has_line(profile.notes, "CAP_DAC_READ_SEARCH may do instead of CAP_DAC_OVERRIDE"));
}

TEST_CASE("who only searched directories gets the narrower file capability, though the wider one was granted") {
  const std::string search = "capable_wrt_inode_uidgid<generic_permission<inode_permission<link_path_walk";
  TraceOf trace;
  trace.capability(kDacReadSearch, CapVerdict::denied, search).capability(kDacOverride, CapVerdict::needed, search);
  CHECK(trace.profile().capabilities == std::set<std::string>{"DAC_READ_SEARCH"});
  CHECK(trace.profile().notes.empty());

  trace.capability(kDacOverride, CapVerdict::needed, "capable_wrt_inode_uidgid<generic_permission<may_create");
  CHECK(trace.profile().capabilities == std::set<std::string>{"DAC_OVERRIDE"});
}

TEST_CASE("a site that reads and writes alike keeps the wider file capability") {
  const std::string open = "capable_wrt_inode_uidgid<generic_permission<inode_permission<may_open";
  TraceOf trace;
  trace.capability(kDacReadSearch, CapVerdict::denied, open).capability(kDacOverride, CapVerdict::needed, open);
  CHECK(trace.profile().capabilities == std::set<std::string>{"DAC_OVERRIDE"});
}
