// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/capabilities.h"
#include "profilegen/verify.h"

using namespace profilegen;

namespace {

const Refusals kNothingRefused;

Refused found(const Profile& profile, const Trace& run, const Refusals& refused) {
  const auto filter = SeccompEffect::of(profile);
  REQUIRE(filter);
  return find_refused(profile, *filter, run, refused);
}

std::vector<Denial> find_denials(const Profile& profile, const Trace& run, const Refusals& refused) {
  return found(profile, run, refused).denials;
}

Evidence seen_by(const std::string& program) { return {{1, 2, 3, program}, {"0123456789abcdef"}}; }

uint32_t number_of(const char* call) { return syscall_number(Arch::x86_64, call).value(); }

Trace run_with_denied(const char* call, uint32_t errnum) {
  Trace run;
  run.runs["0123456789abcdef"] = {};
  run.denied[{Arch::x86_64, number_of(call), errnum}] = seen_by("sh");
  return run;
}

CapabilityFact asked_by(const std::string& program) {
  CapabilityFact fact;
  static_cast<Evidence&>(fact) = seen_by(program);
  return fact;
}

CapabilityKey denied_capability(const char* name, const char* call, const std::string& site = "cap_capable") {
  return {capability_number(name).value(), CapVerdict::denied, Arch::x86_64, number_of(call), site};
}

FileRows row_of(const std::string& path, FileOp op, const std::string& mount) {
  FileFact fact;
  static_cast<Evidence&>(fact) = seen_by("app");
  fact.mount = mount;
  return [key = FileKey{path, op}, fact](const FileRow& row) { row(key, fact); };
}

Refusals refused(const std::string& path, FileOp op, const std::string& mount) {
  Refusals refusals;
  refusals.files = row_of(path, op, mount);
  return refusals;
}

}  // namespace

TEST_CASE("A call that was answered the same while recording is no denial") {
  Profile profile;
  const Trace run = run_with_denied("clone3", 38);
  REQUIRE(find_denials(profile, run, kNothingRefused).size() == 1);
  profile.answers[{Arch::x86_64, "clone3"}] = 38;
  CHECK(find_denials(profile, run, kNothingRefused).empty());
  profile.answers[{Arch::x86_64, "clone3"}] = 1;
  CHECK(find_denials(profile, run, kNothingRefused).size() == 1);
}

TEST_CASE("A denied call is told with its answer and who made it") {
  const auto denials = find_denials({}, run_with_denied("mkdir", 1), kNothingRefused);
  REQUIRE(denials.size() == 1);
  CHECK(denial_text(denials[0]) == "syscall mkdir, answered EPERM, by sh (thread 3)");
}

TEST_CASE("A capability that was denied while recording, or only asked for, is no denial") {
  Trace run;
  run.capabilities[denied_capability("CHOWN", "chown")] = asked_by("app");
  Profile profile;
  const auto denials = find_denials(profile, run, kNothingRefused);
  REQUIRE(denials.size() == 1);
  CHECK(denial_text(denials[0]) == "capability CHOWN for chown, by app (thread 3)");
  profile.denied_capabilities = {"CHOWN"};
  CHECK(find_denials(profile, run, kNothingRefused).empty());
  auto& objects = run.capabilities.begin()->second.objects;
  objects[{.kind = ObjectKind::CHOWN, .name = "/late", .to_user = Account{33, ""}}] = {9, 1, 1, "app"};
  objects[{.kind = ObjectKind::CHOWN, .name = "/x", .to_user = Account{33, ""}}] = {2, 1, 1, "app"};
  CHECK(denial_text(find_denials({}, run, kNothingRefused).at(0)) ==
        "capability CHOWN for chown: chown of /x, to 33, by app (thread 3)");

  Trace asking;
  asking.capabilities[denied_capability("SYS_ADMIN", "mmap", "cap_capable<cap_vm_enough_memory")] = asked_by("app");
  CHECK(find_denials({}, asking, kNothingRefused).empty());
}

TEST_CASE("Of the two capabilities that override permissions one is missing: the wider one only to who writes") {
  const auto run_with = [](uint64_t reads, uint64_t all) {
    Trace run;
    CapabilityFact fact = asked_by("app");
    fact.counts["0123456789abcdef"] = reads;
    run.capabilities[denied_capability("DAC_READ_SEARCH", "openat")] = fact;
    fact.counts["0123456789abcdef"] = all;
    run.capabilities[denied_capability("DAC_OVERRIDE", "openat")] = fact;
    return find_denials({}, run, kNothingRefused);
  };
  const auto reading = run_with(2, 2);
  REQUIRE(reading.size() == 1);
  CHECK(reading[0].capability == "DAC_READ_SEARCH");
  const auto writing = run_with(2, 3);
  REQUIRE(writing.size() == 1);
  CHECK(writing[0].capability == "DAC_OVERRIDE");
}

TEST_CASE("A change that a read-only file system refused is a denial, unless the user's own mount is read-only") {
  Profile profile;
  const Refusals rows = refused("/data/file", FileOp::WRITE, "/data");
  const auto denials = find_denials(profile, {}, rows);
  REQUIRE(denials.size() == 1);
  CHECK(denial_text(denials[0]) == "write of /data/file, read-only file system, by app (thread 3)");
  profile.mounts["/data"].read_only = true;
  CHECK(find_denials(profile, {}, rows).empty());
}

TEST_CASE("A tmpfs that was full is a denial where the profile limits it, and loses its limit") {
  Profile profile;
  profile.holes["/tmp"].size = 64 << 20;
  profile.holes["/run"].size = 64 << 20;
  Trace run;
  run.runs["0123456789abcdef"] = {};
  const auto denials = find_denials(profile, run, refused("/tmp/big", FileOp::ALLOCATE, "/tmp"));
  REQUIRE(denials.size() == 1);
  CHECK(denial_text(denials[0]) == "allocate of /tmp/big, the tmpfs is full, by app (thread 3)");
  const auto wider = allow(profile, run, denials);
  REQUIRE(wider);
  CHECK(wider->holes.size() == 2);
  CHECK(wider->holes.at("/tmp").size == 0);
  CHECK(wider->holes.at("/run").size == 64 << 20);

  CHECK(find_denials(*wider, run, refused("/tmp/big", FileOp::ALLOCATE, "/tmp")).empty());
  CHECK(find_denials(profile, run, refused("/data/big", FileOp::ALLOCATE, "/data")).empty());
}

TEST_CASE("A denial has the stack that its thread had then, and no other's") {
  auto denials = find_denials({}, run_with_denied("mkdir", 1), kNothingRefused);
  REQUIRE(denials.size() == 1);
  denials[0].first = {5'000'000, 3, 3, "sh"};
  add_stacks(denials,
             {{4, 5'000'000, {}, {"another thread"}}, {3, 6'100'000, {}, {"later"}}, {3, 3'900'000, {}, {"before"}}});
  CHECK(denials[0].frames.empty());
  add_stacks(denials, {{3, 5'090'000, {}, {"near"}}, {3, 5'001'000, {}, {"nearest"}}, {3, 4'950'000, {}, {"nearer"}}});
  CHECK(denials[0].frames == std::vector<std::string>{"nearest"});
  CHECK(denial_text(denials[0]) == "syscall mkdir, answered EPERM, by sh (thread 3)");
}

TEST_CASE("Of a denied call the arguments that are recorded are told when its stack is known") {
  Profile profile;
  profile.calls[{Arch::x86_64, "socket"}] = {NeededBy::app};
  const UserStack stack{3, 1, {38, 0x80005, 0}, {}};
  auto denials = find_denials(profile, run_with_denied("socket", 1), kNothingRefused);
  add_stacks(denials, {stack});
  CHECK(denial_text(denials[0]) == "syscall socket AF_ALG SOCK_SEQPACKET 0, answered EPERM, by sh (thread 3)");
  profile.arguments[{Arch::x86_64, "socket"}] = {{{0, 0xffffffff, 2}}};
  denials = find_denials(profile, run_with_denied("socket", 1), kNothingRefused);
  add_stacks(denials, {stack});
  CHECK(denial_text(denials[0]) ==
        "syscall socket AF_ALG SOCK_SEQPACKET 0, with other arguments than were recorded, answered EPERM, by sh "
        "(thread 3)");
}

TEST_CASE("What was denied is allowed, and nothing else") {
  Profile profile;
  profile.container = true;
  profile.calls[{Arch::x86_64, "read"}] = {NeededBy::app};
  profile.answers[{Arch::x86_64, "mkdir"}] = 1;
  Trace run = run_with_denied("mkdir", 38);
  run.runs.begin()->second.mounts = {{"/", "overlay", "overlay", "image", true}};
  run.capabilities[denied_capability("CHOWN", "chown")] = asked_by("app");
  const auto denials = find_denials(profile, run, refused("/srv/app/file", FileOp::WRITE, "/"));
  REQUIRE(denials.size() == 3);
  const auto wider = allow(profile, run, denials);
  REQUIRE(wider);
  CHECK(wider->calls.size() == 2);
  CHECK(wider->calls.contains({Arch::x86_64, "mkdir"}));
  CHECK(wider->answers.empty());
  CHECK(wider->capabilities == std::set<std::string>{"CHOWN"});
  CHECK(wider->read_only_root);
  REQUIRE(wider->holes.size() == 1);
  CHECK(wider->holes.begin()->first == "/srv/app");
  CHECK(wider->files.size() == 1);
}

TEST_CASE("Nothing denied changes nothing") {
  Profile profile;
  profile.container = true;
  profile.calls[{Arch::x86_64, "read"}] = {NeededBy::app};
  profile.holes["/tmp"] = {HoleKind::tmpfs, 01777, 0, 0, false, "create /tmp/file"};
  Trace run;
  run.runs["0123456789abcdef"] = {};
  const auto same = allow(profile, run, {});
  REQUIRE(same);
  CHECK(*same == profile);
}

TEST_CASE("A filter that complains lets everything through, and allows what it allowed") {
  const auto text = complaining_filter(
      R"({"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38, "architectures": ["SCMP_ARCH_X86_64"],
          "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"},
                       {"names": ["mkdir"], "action": "SCMP_ACT_ERRNO", "errnoRet": 1}]})",
      "seccomp.json");
  REQUIRE(text);
  CHECK(text->find("SCMP_ACT_ERRNO") == std::string::npos);
  CHECK(text->find("\"defaultAction\": \"SCMP_ACT_LOG\"") != std::string::npos);
  CHECK(text->find("defaultErrnoRet") == std::string::npos);
  CHECK(text->find("\"read\"") != std::string::npos);
  CHECK(text->find("\"mkdir\"") == std::string::npos);
  for (const char* bad : {"", "[]", "{}", "{\"defaultAction\": "}) {
    INFO(bad);
    const auto refused = complaining_filter(bad, "seccomp.json");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().object == "seccomp.json");
  }
}

TEST_CASE("Of a run that was let through, the application's calls that the profile does not allow are told") {
  Profile profile;
  profile.calls[{Arch::x86_64, "read"}] = {NeededBy::app};
  Trace run;
  run.syscalls[{Phase::app, Arch::x86_64, number_of("read")}] = seen_by("app");
  run.syscalls[{Phase::app, Arch::x86_64, number_of("mkdir")}] = seen_by("app");
  run.syscalls[{Phase::runtime_run, Arch::x86_64, number_of("capset")}] = seen_by("runc");
  const auto unlisted = find_unlisted_calls(profile, run);
  REQUIRE(unlisted.size() == 1);
  CHECK(denial_text(unlisted[0]) == "syscall mkdir, by app (thread 3)");
}

TEST_CASE("What AppArmor denied is told, and allowed as a rule of its own") {
  AppArmorDenial read;
  read.operation = "open";
  read.name = "/etc/with [brackets]";
  read.mask = "r";
  read.program = "cat";
  read.pid = 7;
  AppArmorDenial listing = read;
  listing.name = "/srv/data/";
  AppArmorDenial made = read;
  made.operation = "mknod";
  made.name = "/srv/data/new";
  made.mask = "wc";
  AppArmorDenial socket;
  socket.operation = "create";
  socket.family = "inet";
  socket.type = "raw";
  AppArmorDenial capability;
  capability.operation = "capable";
  capability.capability = "net_raw";
  AppArmorDenial other;
  other.operation = "ptrace";
  const auto denials = apparmor_denials({read, listing, made, socket, capability, other});
  REQUIRE(denials.size() == 6);
  CHECK(denial_text(denials[0]) == "AppArmor: open of /etc/with [brackets] (r), by cat (thread 7)");
  CHECK(denial_text(denials[3]) == "AppArmor: create of a socket inet raw, by  (thread 0)");
  CHECK(denial_text(denials[4]) == "AppArmor: capability net_raw, by  (thread 0)");
  for (size_t index = 0; index < 5; ++index) CHECK(can_allow(denials[index]));
  CHECK_FALSE(can_allow(denials[5]));

  Trace run;
  run.runs["0123456789abcdef"] = {};
  const auto wider = allow({}, run, denials);
  REQUIRE(wider);
  const std::map<std::string, FileRule> rules{
      {"/etc/with \\[brackets\\]", {"r"}}, {"/srv/data/", {"r"}}, {"/srv/data/new", {"w"}}};
  CHECK(wider->files == rules);
  CHECK(wider->holes.empty());
  CHECK(wider->network == std::set<std::pair<std::string, std::string>>{{"inet", "raw"}});
  CHECK(wider->capabilities == std::set<std::string>{"NET_RAW"});
}

TEST_CASE("A call with arguments that no rule has is denied, and fixed with any") {
  Profile profile;
  profile.calls[{Arch::x86_64, "socket"}] = {NeededBy::app};
  profile.arguments[{Arch::x86_64, "socket"}] = {{{0, 0xffffffff, 1}, {1, 0xfff7f7ff, 1}}};
  const SyscallKey call{Phase::app, Arch::x86_64, number_of("socket")};
  Trace run;
  run.runs["0123456789abcdef"] = {};
  run.syscalls[call] = seen_by("app");
  run.arguments[{call, {1, 1, 0}}] = seen_by("app");
  CHECK(find_unlisted_calls(profile, run).empty());
  run.arguments[{call, {2, 3, 255}}] = seen_by("ping");
  const auto unlisted = find_unlisted_calls(profile, run);
  REQUIRE(unlisted.size() == 1);
  CHECK(denial_text(unlisted[0]) == "syscall socket AF_INET SOCK_RAW 255, by ping (thread 3)");

  const auto denied = find_denials(profile, run_with_denied("socket", 38), kNothingRefused);
  REQUIRE(denied.size() == 1);
  CHECK(denial_text(denied[0]) ==
        "syscall socket with other arguments than were recorded, answered ENOSYS, by sh (thread 3)");
  const auto wider = allow(profile, run, denied);
  REQUIRE(wider);
  CHECK(wider->arguments.empty());
}

TEST_CASE("A clone3 that was not answered by a clone is a denial, although the profile means its answer") {
  const CallKey clone3{Arch::x86_64, "clone3"};
  Profile profile;
  profile.calls[{Arch::x86_64, "clone"}] = {NeededBy::app};
  profile.answers[clone3] = 38;
  Trace run = run_with_denied("clone3", 38);
  const auto denials = find_denials(profile, run, kNothingRefused);
  REQUIRE(denials.size() == 1);
  const auto wider = allow(profile, run, denials);
  REQUIRE(wider);
  CHECK(wider->calls.contains(clone3));
  CHECK(wider->answers.empty());
  run.syscalls[{Phase::app, Arch::x86_64, *syscall_number(Arch::x86_64, "clone")}] = {};
  CHECK(find_denials(profile, run, kNothingRefused).empty());
  // Recorded as denied, and without clone: the program never went on with that.
  profile.calls.clear();
  CHECK(find_denials(profile, run_with_denied("clone3", 38), kNothingRefused).empty());
}

TEST_CASE("A filter that only complains lets clone3 through: it would be denied only to a program of its own way") {
  Profile profile;
  profile.calls[{Arch::x86_64, "clone"}] = {NeededBy::app};
  profile.answers[{Arch::x86_64, "clone3"}] = 38;
  Trace run;
  run.runs["0123456789abcdef"] = {};
  const uint32_t number = *syscall_number(Arch::x86_64, "clone3");
  run.syscalls[{Phase::app, Arch::x86_64, number}].runs.insert("0123456789abcdef");
  CHECK(find_unlisted_calls(profile, run).size() == 1);
  run.behaviours[{Behaviour::FALLS_BACK, Arch::x86_64, number}].runs.insert("0123456789abcdef");
  CHECK(find_unlisted_calls(profile, run).empty());
}

TEST_CASE("A refused execve is told with its file, a refused set as one, and neither hides the other of a pair") {
  Trace run;
  run.capabilities[denied_capability("DAC_OVERRIDE", "execve", "/bin/backup")] = asked_by("sh");
  run.capabilities[denied_capability("DAC_READ_SEARCH", "execve", "/bin/backup")] = asked_by("sh");
  run.capabilities[denied_capability("NET_RAW", "capset", "")] = asked_by("app");
  const auto denials = find_denials({}, run, kNothingRefused);
  REQUIRE(denials.size() == 3);
  CHECK(denial_text(denials[0]) ==
        "capability DAC_OVERRIDE for execve of /bin/backup, whose file capabilities demand it, by sh (thread 3)");
  CHECK(denials[1].capability == "DAC_READ_SEARCH");
  CHECK(denial_text(denials[2]) == "capability NET_RAW for capset, which asked for a set with it, by app (thread 3)");
}

TEST_CASE("What a file demands is allowed with new privileges, unless root executes it") {
  Profile profile;
  profile.container = true;
  profile.no_new_privileges = true;
  Trace run;
  run.runs["0123456789abcdef"].subject.engine = "docker";
  run.capabilities[denied_capability("NET_RAW", "execve", "/bin/ping")] = asked_by("sh");
  const auto denials = find_denials(profile, run, kNothingRefused);
  const auto by_root = allow(profile, run, denials);
  REQUIRE(by_root);
  CHECK(by_root->capabilities == std::set<std::string>{"NET_RAW"});
  CHECK(by_root->no_new_privileges);
  run.runs["0123456789abcdef"].subject.user = "1000";
  const auto by_user = allow(profile, run, denials);
  REQUIRE(by_user);
  CHECK(by_user->capabilities == std::set<std::string>{"NET_RAW"});
  CHECK_FALSE(by_user->no_new_privileges);
}
