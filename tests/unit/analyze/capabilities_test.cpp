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
  CHECK(profile.denied_capabilities.empty());
}

TEST_CASE("a capability that was asked for and denied is worth telling") {
  TraceOf trace;
  trace.capability(kSysAdmin, CapVerdict::denied, "capable<do_mount");
  const Profile profile = trace.profile();
  CHECK(profile.capabilities.empty());
  CHECK(profile.denied_capabilities == std::set<std::string>{"SYS_ADMIN"});
}

TEST_CASE("a denial is not told when it was granted elsewhere, or when the check only asked") {
  TraceOf trace;
  trace.capability(kNetBindService, CapVerdict::needed, "a").capability(kNetBindService, CapVerdict::denied, "b");
  trace.capability(kSysAdmin, CapVerdict::denied, "security_vm_enough_memory_mm<mmap_region");
  trace.capability(kSysAdmin, CapVerdict::denied, "ns_capable_noaudit<ptrace_has_cap");
  CHECK(trace.profile().denied_capabilities.empty());
}

namespace {
const std::string kOpen = "capable_wrt_inode_uidgid<generic_permission<inode_permission<may_open";
const std::string kCreate = "capable_wrt_inode_uidgid<generic_permission<may_create";
}  // namespace

TEST_CASE("a denied read of a file is told where nothing made good for it") {
  TraceOf trace;
  trace.capability(kDacReadSearch, CapVerdict::denied, kOpen).capability(kDacOverride, CapVerdict::denied, kOpen);
  CHECK(trace.profile().capabilities.empty());
  CHECK(trace.profile().denied_capabilities == std::set<std::string>{"DAC_OVERRIDE", "DAC_READ_SEARCH"});
}

TEST_CASE("who only read gets the narrower file capability, though the wider one was granted") {
  TraceOf trace;
  trace.capability(kDacReadSearch, CapVerdict::denied, kOpen, 5).capability(kDacOverride, CapVerdict::needed, kOpen, 5);
  CHECK(trace.profile().capabilities == std::set<std::string>{"DAC_READ_SEARCH"});
  CHECK(trace.profile().denied_capabilities.empty());

  trace.capability(kDacOverride, CapVerdict::needed, kCreate);
  CHECK(trace.profile().capabilities == std::set<std::string>{"DAC_OVERRIDE"});
  CHECK(trace.profile().denied_capabilities.empty());
}

TEST_CASE("one write among the reads of a site needs the wider file capability") {
  TraceOf trace;
  trace.capability(kDacReadSearch, CapVerdict::denied, kOpen, 5).capability(kDacOverride, CapVerdict::needed, kOpen, 6);
  CHECK(trace.profile().capabilities == std::set<std::string>{"DAC_OVERRIDE"});
  CHECK(trace.profile().denied_capabilities.empty());
}

TEST_CASE("a write that was refused to one thread does not pass for another's read") {
  TraceOf trace;
  trace.capability(kDacReadSearch, CapVerdict::denied, kOpen, 5);
  trace.capability(kDacOverride, CapVerdict::needed, kOpen, 5).capability(kDacOverride, CapVerdict::denied, kOpen, 1);
  CHECK(trace.profile().capabilities == std::set<std::string>{"DAC_OVERRIDE"});
}

TEST_CASE("who reads and writes gets the wider file capability alone, since it suffices for reads") {
  TraceOf trace;
  trace.capability(kDacReadSearch, CapVerdict::needed, kOpen, 5).capability(kDacOverride, CapVerdict::needed, kCreate);
  CHECK(trace.profile().capabilities == std::set<std::string>{"DAC_OVERRIDE"});
}

TEST_CASE("where the kernel accepts only the narrower file capability, both are granted") {
  TraceOf trace;
  trace.capability(kDacReadSearch, CapVerdict::needed, "capable<handle_to_path", 5);
  trace.capability(kDacOverride, CapVerdict::needed, kCreate);
  CHECK(trace.profile().capabilities == std::set<std::string>{"DAC_OVERRIDE", "DAC_READ_SEARCH"});
}

TEST_CASE("the reads of one run do not stand for the writes of another") {
  TraceOf trace;
  trace.run("run1") = trace.run("run0");
  trace.capability(kDacReadSearch, CapVerdict::denied, kOpen, 5).capability(kDacOverride, CapVerdict::needed, kOpen, 5);
  trace.capability(kDacOverride, CapVerdict::needed, kOpen, 1, "run1");
  CHECK(trace.profile().capabilities == std::set<std::string>{"DAC_OVERRIDE"});
}

TEST_CASE("what an executed file demands is needed, and so is what a program puts into its sets") {
  TraceOf trace;
  trace.capability(kNetBindService, CapVerdict::file, "/bin/server").capability(kSysAdmin, CapVerdict::kept);
  const Profile profile = trace.profile();
  CHECK(profile.capabilities == std::set<std::string>{"NET_BIND_SERVICE", "SYS_ADMIN"});
  CHECK(profile.file_capabilities == std::set<std::string>{"NET_BIND_SERVICE"});
  CHECK(profile.kept_capabilities == std::set<std::string>{"SYS_ADMIN"});
}

TEST_CASE("a kept capability that a check asked for as well is no longer one that was only kept") {
  TraceOf trace;
  trace.capability(kSysAdmin, CapVerdict::kept).capability(kSysAdmin, CapVerdict::needed, "capable<do_mount");
  const Profile profile = trace.profile();
  CHECK(profile.capabilities == std::set<std::string>{"SYS_ADMIN"});
  CHECK(profile.kept_capabilities.empty());
}

TEST_CASE("demands do not count among the checks that tell a reader from a writer") {
  TraceOf trace;
  trace.capability(kDacReadSearch, CapVerdict::denied, kOpen, 5).capability(kDacOverride, CapVerdict::needed, kOpen, 5);
  trace.capability(kDacReadSearch, CapVerdict::file, "/bin/backup");
  CHECK(trace.profile().capabilities == std::set<std::string>{"DAC_READ_SEARCH"});
  trace.capability(kDacOverride, CapVerdict::kept);
  CHECK(trace.profile().capabilities == std::set<std::string>{"DAC_OVERRIDE", "DAC_READ_SEARCH"});
}

TEST_CASE("what a capability was needed for is in the profile, without what differs between recordings") {
  TraceOf trace;
  trace.capability(kDacReadSearch, CapVerdict::denied, kOpen).capability(kDacOverride, CapVerdict::needed, kOpen);
  trace.file("/tmp/tmp.qX3b7Z", FileOp::CREATE).file("/tmp/tmp.qX3b7Z", FileOp::UNLINK);
  Trace seen = trace.trace();
  const CapabilityObject key{.kind = ObjectKind::READ, .name = "/key", .mode = 0600};
  CapabilityObject given{.kind = ObjectKind::CHOWN, .name = "/tmp/tmp.qX3b7Z", .mode = 0600};
  for (auto& [row, fact] : seen.capabilities) fact.objects = {{key, {1, 2, 3, "sh"}}, {given, {2, 2, 3, "sh"}}};
  const Result<Profile> profile = analyze(seen, {});
  REQUIRE(profile);
  given.name = "/tmp/*";
  given.mode.reset();
  CHECK(profile->capability_objects ==
        std::map<std::string, std::set<CapabilityObject>>{{"DAC_READ_SEARCH", {key, given}}});
}
