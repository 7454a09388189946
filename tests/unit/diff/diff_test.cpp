// SPDX-License-Identifier: Apache-2.0
#include "profilegen/diff.h"

#include <catch2/catch.hpp>
#include <functional>

using namespace profilegen;

namespace {

/// "+kind item (detail)" for each change, in order.
std::vector<std::string> lines(const std::vector<Change>& changes) {
  std::vector<std::string> out;
  for (const auto& change : changes) {
    const char sign = change.direction == Direction::added ? '+' : change.direction == Direction::removed ? '-' : '~';
    out.push_back(sign + std::string(change_kind_name(change.kind)) + " " + change.item +
                  (change.detail.empty() ? "" : " (" + change.detail + ")"));
  }
  return out;
}

using Lines = std::vector<std::string>;
const CallKey kRead{Arch::x86_64, "read"};
const CallKey kPtrace{Arch::x86_64, "ptrace"};
const CallKey kClone3{Arch::x86_64, "clone3"};

struct Case {
  std::string name;
  std::function<void(Profile&)> before;
  std::function<void(Profile&)> after;
  Lines expected;
};

void nothing(Profile&) {}

std::vector<Change> diff_profiles(const Profile& before, const Profile& after) {
  const auto old_policy = policy_of(before, "old.json");
  const auto new_policy = policy_of(after, "new.json");
  REQUIRE(old_policy);
  REQUIRE(new_policy);
  return compare(*old_policy, *new_policy);
}

void check(const std::vector<Case>& cases) {
  for (const auto& [name, set_before, set_after, expected] : cases) {
    CAPTURE(name);
    Profile before;
    Profile after;
    set_before(before);
    set_after(after);
    CHECK(lines(diff_profiles(before, after)) == expected);
  }
}

}  // namespace

TEST_CASE("System calls that come and go") {
  check({
      {"equal",
       [](Profile& p) { p.calls[kRead] = {NeededBy::app}; },
       [](Profile& p) { p.calls[kRead] = {NeededBy::app}; },
       {}},
      {"moved from the runtime to the application",
       [](Profile& p) { p.calls[kRead] = {NeededBy::runtime}; },
       [](Profile& p) { p.calls[kRead] = {NeededBy::app}; },
       {}},
      {"added by the application",
       nothing,
       [](Profile& p) { p.calls[kPtrace] = {NeededBy::app}; },
       {"+syscall ptrace (needed by the application)"}},
      {"added by both",
       nothing,
       [](Profile& p) {
         p.calls[kRead] = {NeededBy::app, NeededBy::runtime};
       },
       {"+syscall read (needed by the application and the runtime)"}},
      {"a companion, with what it belongs to",
       nothing,
       [](Profile& p) {
         p.calls[{Arch::x86_64, "rt_sigreturn"}] = {NeededBy::companion};
       },
       {"+syscall rt_sigreturn (companion: a handler was installed for a signal)"}},
      {"removed", [](Profile& p) { p.calls[kPtrace] = {NeededBy::runtime}; }, nothing, {"-syscall ptrace"}},
      {"a name means the call of each listed table",
       [](Profile& p) {
         p.calls[kRead] = {NeededBy::app};
         p.calls[{Arch::x86, "getpid"}] = {NeededBy::app};
       },
       [](Profile& p) {
         p.calls[{Arch::x86_64, "getpid"}] = {NeededBy::app};
         p.calls[{Arch::x86, "read"}] = {NeededBy::app};
       },
       {}},
      {"a call of the second table",
       [](Profile& p) {
         p.calls[kRead] = {NeededBy::app};
         p.calls[{Arch::x86, "read"}] = {NeededBy::app};
       },
       [](Profile& p) {
         p.calls[kRead] = {NeededBy::app};
         p.calls[{Arch::x86, "socketcall"}] = {NeededBy::app};
       },
       {"+syscall i386 socketcall (needed by the application)"}},
      {"a number without a name can't be let through by a filter",
       nothing,
       [](Profile& p) {
         p.calls[{Arch::x86_64, "#999"}] = {NeededBy::app};
       },
       {}},
  });
}

TEST_CASE("Another table is told as one; a name that is newer there says ENOSYS in both") {
  Profile before;
  before.calls[kRead] = {NeededBy::app};
  Profile after = before;
  after.calls[{Arch::x86, "read"}] = {NeededBy::app};
  const Lines changes = lines(diff_profiles(before, after));
  CHECK(changes.at(0) == "+architecture i386 (1 calls of its table)");
  CHECK(changes.at(1) == "~answer accept4 (EPERM -> ENOSYS)");
  CHECK(std::ranges::all_of(changes, [](const std::string& line) {
    return line.starts_with("+architecture") || line.ends_with("(EPERM -> ENOSYS)");
  }));
}

TEST_CASE("Profiles for different machines have no call in common") {
  Profile before;
  before.calls[kRead] = {NeededBy::app};
  Profile after;
  after.arch = Arch::aarch64;
  after.calls[{Arch::aarch64, "read"}] = {NeededBy::app};
  CHECK(lines(diff_profiles(before, after)) ==
        Lines{"+architecture aarch64 (1 calls of its table)", "-architecture x86_64 (1 calls of its table)"});
}

TEST_CASE("Answers to denied calls") {
  check({
      {"another errno",
       [](Profile& p) { p.answers[kPtrace] = 1; },
       [](Profile& p) { p.answers[kPtrace] = 13; },
       {"~answer ptrace (EPERM -> EACCES)"}},
      {"said or unsaid, the usual errno is the same: newer call",
       [](Profile& p) { p.answers[kClone3] = 38; },
       nothing,
       {}},
      {"said or unsaid, the usual errno is the same: older call",
       nothing,
       [](Profile& p) { p.answers[kPtrace] = 1; },
       {}},
      {"said or unsaid, the usual errno is the same: unknown call",
       nothing,
       [](Profile& p) {
         p.answers[{Arch::x86_64, "#999"}] = 38;
       },
       {}},
      {"EPERM for a newer call breaks fall-backs",
       nothing,
       [](Profile& p) { p.answers[kClone3] = 1; },
       {"~answer clone3 (ENOSYS -> EPERM)"}},
      {"a call that is allowed now is told once",
       [](Profile& p) { p.answers[kClone3] = 1; },
       [](Profile& p) { p.calls[kClone3] = {NeededBy::app}; },
       {"+syscall clone3 (needed by the application)"}},
  });
}

TEST_CASE("Arguments of many kinds are compared in full, or it is said that they are not") {
  const CallKey socket{Arch::x86_64, "socket"};
  const auto with_kinds = [&](uint32_t kinds) {
    Profile profile;
    profile.calls[socket] = {NeededBy::app};
    for (uint32_t kind = 0; kind < kinds; ++kind)
      profile.arguments[socket].insert({{0, kAllBits, kind}, {1, 0xfff7f7ff, kind}, {2, kAllBits, kind}});
    return profile;
  };
  CHECK(lines(diff_profiles(with_kinds(20), with_kinds(21))) == Lines{"+arguments socket (such as 20 20 20)"});
  CHECK(lines(diff_profiles(with_kinds(200), with_kinds(200))).empty());
  CHECK(lines(diff_profiles(with_kinds(200), with_kinds(201))) ==
        Lines{"+arguments socket (too many rules to compare what they let through)"});
}

TEST_CASE("Capabilities, options and network") {
  check({
      {"capabilities",
       [](Profile& p) {
         p.capabilities = {"CHOWN", "SYS_NICE"};
       },
       [](Profile& p) {
         p.capabilities = {"CHOWN", "SYS_ADMIN"};
       },
       {"+capability SYS_ADMIN", "-capability SYS_NICE"}},
      {"arguments of a call that is not new",
       [](Profile& profile) {
         profile.calls[{Arch::x86_64, "socket"}] = {NeededBy::app};
         profile.arguments[{Arch::x86_64, "socket"}] = {{{0, 0xffffffff, 1}}};
       },
       [](Profile& profile) {
         profile.calls[{Arch::x86_64, "socket"}] = {NeededBy::app};
         profile.arguments[{Arch::x86_64, "socket"}] = {{{0, 0xffffffff, 2}}};
       },
       {"+arguments socket (such as AF_INET)", "-arguments socket (such as AF_UNIX)"}},
      {"arguments that lie within the old ones, however they are split",
       [](Profile& profile) {
         profile.calls[{Arch::x86_64, "socket"}] = {NeededBy::app};
         profile.arguments[{Arch::x86_64, "socket"}] = {{{0, 0xffffffff, 2}}};
       },
       [](Profile& profile) {
         profile.calls[{Arch::x86_64, "socket"}] = {NeededBy::app};
         profile.arguments[{Arch::x86_64, "socket"}] = {{{0, 0xffffffff, 2}}, {{0, 0xffffffff, 2}, {1, 0xff, 1}}};
       },
       {}},
      {"any arguments",
       [](Profile& profile) {
         profile.calls[{Arch::x86_64, "clone"}] = {NeededBy::app};
         profile.arguments[{Arch::x86_64, "clone"}] = {{{0, 0x7e020000, 0}}};
       },
       [](Profile& profile) {
         profile.calls[{Arch::x86_64, "clone"}] = {NeededBy::app};
       },
       {"+arguments clone (any, such as CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS)"}},
      {"runs as root",
       nothing,
       [](Profile& profile) { profile.as_root = true; },
       {"+option user (the container runs as root)"}},
      {"no-new-privileges dropped",
       [](Profile& p) { p.no_new_privileges = true; },
       nothing,
       {"+option no-new-privileges (programs may gain privileges again)"}},
      {"no-new-privileges gained",
       nothing,
       [](Profile& p) { p.no_new_privileges = true; },
       {"-option no-new-privileges (programs can't gain privileges any more)"}},
      {"read-only root lost",
       nothing,
       [](Profile& p) {
         p.read_only_root = false;
         p.root_reason = "create /db";
       },
       {"+option read-only (the root file system is writable again: create /db)"}},
      {"read-only root gained",
       [](Profile& p) { p.read_only_root = false; },
       nothing,
       {"-option read-only (the root file system is read-only now)"}},
      {"network",
       [](Profile& p) {
         p.network = {{"inet", "stream"}};
       },
       [](Profile& p) {
         p.network = {{"inet", "dgram"}};
       },
       {"+network inet dgram", "-network inet stream"}},
  });
}

TEST_CASE("AppArmor files are compared permission by permission") {
  check({
      {"some come, some go",
       [](Profile& p) { p.files["/etc/passwd"] = {"rk"}; },
       [](Profile& p) { p.files["/etc/passwd"] = {"rw"}; },
       {"+file /etc/passwd (w)", "-file /etc/passwd (k)"}},
      {"new pattern", nothing, [](Profile& p) { p.files["/usr/bin/sh"] = {"rmix"}; }, {"+file /usr/bin/sh (rmix)"}},
      {"no longer executed",
       [](Profile& p) { p.files["/usr/bin/sh"] = {"rmix"}; },
       [](Profile& p) { p.files["/usr/bin/sh"] = {"r"}; },
       {"-file /usr/bin/sh (mix)"}},
      {"within a wider pattern",
       [](Profile& p) { p.files["/usr/lib/**"] = {"rm"}; },
       [](Profile& p) {
         p.files["/usr/lib/**"] = {"rm"};
         p.files["/usr/lib/app/*.so*"] = {"rm"};
         p.files["/usr/lib/app/log"] = {"rw"};
       },
       {"+file /usr/lib/app/log (w)"}},
      {"a pattern that covers what was there",
       [](Profile& p) {
         p.files["/var/tmp/a1"] = {"w"};
         p.files["/var/tmp/a2"] = {"w"};
       },
       [](Profile& p) { p.files["/var/tmp/a*"] = {"w"}; },
       {"+file /var/tmp/a* (w)"}},
  });
}

TEST_CASE("Writable holes") {
  const Hole tmpfs{};
  const Hole executable{HoleKind::tmpfs, 0755, 0, 0, true, ""};
  check({
      {"new", nothing, [=](Profile& p) { p.holes["/run"] = tmpfs; }, {"+writable /run (tmpfs)"}},
      {"gone", [=](Profile& p) { p.holes["/run"] = tmpfs; }, nothing, {"-writable /run (tmpfs)"}},
      {"another reason is no change",
       [=](Profile& p) { p.holes["/run"] = tmpfs; },
       [](Profile& p) { p.holes["/run"] = {HoleKind::tmpfs, 0755, 0, 0, false, "create /run/pid"}; },
       {}},
      {"becomes executable",
       [=](Profile& p) { p.holes["/run"] = tmpfs; },
       [=](Profile& p) { p.holes["/run"] = executable; },
       {"+writable /run (programs may be executed from it)"}},
      {"another form",
       [=](Profile& p) { p.holes["/run"] = tmpfs; },
       [](Profile& p) { p.holes["/run"] = {HoleKind::volume, 0755, 33, 34, false, ""}; },
       {"~writable /run (tmpfs -> volume, uid 0 -> 33, gid 0 -> 34)"}},
      {"more permission bits allow more",
       [=](Profile& p) { p.holes["/run"] = tmpfs; },
       [](Profile& p) { p.holes["/run"] = {HoleKind::tmpfs, 01777, 0, 0, false, ""}; },
       {"+writable /run (mode 0755 -> 1777)"}},
      {"room for more",
       [](Profile& p) { p.holes["/run"].size = 64 << 20; },
       [](Profile& p) { p.holes["/run"].size = 128 << 20; },
       {"+writable /run (size 64 MiB -> 128 MiB)"}},
      {"a limit where there was none",
       [=](Profile& p) { p.holes["/run"] = tmpfs; },
       [](Profile& p) { p.holes["/run"].size = 64 << 20; },
       {"-writable /run (size no limit -> 64 MiB)"}},
      {"narrower: only part of it is left",
       [=](Profile& p) { p.holes["/var"] = tmpfs; },
       [=](Profile& p) { p.holes["/var/lib/app"] = tmpfs; },
       {"-writable /var (tmpfs)", "~writable /var/lib/app (was writable as part of /var)"}},
      {"wider: raised to its parent",
       [=](Profile& p) { p.holes["/var/lib/app"] = tmpfs; },
       [=](Profile& p) { p.holes["/var"] = tmpfs; },
       {"+writable /var (tmpfs)", "~writable /var/lib/app (is writable as part of /var)"}},
      {"/variable does not lie in /var",
       [=](Profile& p) { p.holes["/var"] = tmpfs; },
       [=](Profile& p) {
         p.holes["/var"] = tmpfs;
         p.holes["/variable"] = tmpfs;
       },
       {"+writable /variable (tmpfs)"}},
      {"an executable one in one that is not",
       [=](Profile& p) { p.holes["/var"] = tmpfs; },
       [=](Profile& p) {
         p.holes["/var"] = tmpfs;
         p.holes["/var/bin"] = executable;
       },
       {"+writable /var/bin (tmpfs, executable)"}},
      {"a root that was writable has no new holes",
       [](Profile& p) { p.read_only_root = false; },
       [=](Profile& p) { p.holes["/run"] = tmpfs; },
       {"-option read-only (the root file system is read-only now)"}},
  });
}

TEST_CASE("Mounts of the user") {
  const UserMount read{"data", "volume", false, false};
  const UserMount written{"data", "volume", true, false};
  check({
      {"became written",
       [=](Profile& p) { p.mounts["/data"] = read; },
       [=](Profile& p) { p.mounts["/data"] = written; },
       {"+mount /data (is written now)"}},
      {"became read",
       [=](Profile& p) { p.mounts["/data"] = written; },
       [=](Profile& p) { p.mounts["/data"] = read; },
       {"-mount /data (is only read now)"}},
      {"new and written",
       nothing,
       [=](Profile& p) { p.mounts["/data"] = written; },
       {"+mount /data (new mount, written)"}},
      {"gone", [=](Profile& p) { p.mounts["/data"] = written; }, nothing, {"-mount /data (mount is gone)"}},
      {"only read: gives nothing", nothing, [=](Profile& p) { p.mounts["/data"] = read; }, {}},
  });
}

TEST_CASE("Beside a plain filter only system calls are compared") {
  Profile with_more;
  with_more.calls[kRead] = {};
  with_more.capabilities = {"CHOWN"};
  with_more.no_new_privileges = true;
  with_more.files["/a"] = {"r"};
  const auto before = policy_of(with_more, "p.json");
  REQUIRE(before);
  const auto filter = SeccompEffect::of_file(
      R"({"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38, "architectures": ["SCMP_ARCH_X86_64"],
          "syscalls": [{"names": ["read", "ptrace"], "action": "SCMP_ACT_ALLOW"}]})",
      "f.json", {});
  REQUIRE(filter);
  const auto changes = compare(*before, {"f.json", {}, *filter});
  CHECK(std::ranges::count_if(changes, [](const Change& change) { return change.kind != ChangeKind::answer; }) == 1);
  CHECK(lines(changes).at(0) == "+syscall ptrace");
}

TEST_CASE("Changes are sorted by direction, risk, kind and item") {
  Profile before;
  before.calls = {{kRead, {}}};
  before.answers[kClone3] = 1;
  Profile after;
  after.calls = {{kPtrace, {}}, {{Arch::x86_64, "bpf"}, {}}};
  after.capabilities = {"BPF"};
  CHECK(lines(diff_profiles(before, after)) == Lines{"+capability BPF", "+syscall bpf", "+syscall ptrace",
                                                     "-syscall read", "~answer clone3 (EPERM -> ENOSYS)"});
}
