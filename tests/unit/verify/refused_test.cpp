// SPDX-License-Identifier: Apache-2.0
// Who refused it: only what the policy's own rules refuse is a denial.
#include <catch2/catch.hpp>

#include "profilegen/capabilities.h"
#include "profilegen/verify.h"

using namespace profilegen;

namespace {

const RunId kRun = "0123456789abcdef";

uint32_t number_of(const char* call) { return syscall_number(Arch::x86_64, call).value(); }
SyscallKey made(const char* call) { return {Phase::app, Arch::x86_64, number_of(call)}; }
Evidence seen() { return {{1, 2, 3, "app"}, {kRun}}; }

Trace run_with(std::vector<Mount> mounts) {
  Trace run;
  run.runs[kRun].mounts = std::move(mounts);
  return run;
}

Refusals refusing(const std::string& path, FileOp op, const std::string& mount) {
  FileFact fact;
  static_cast<Evidence&>(fact) = seen();
  fact.mount = mount;
  Refusals refusals;
  refusals.files = [key = FileKey{path, op}, fact](const FileRow& row) { row(key, fact); };
  return refusals;
}

Refused find(const Profile& profile, const Trace& run, const Refusals& refused = {}) {
  const auto filter = SeccompEffect::of(profile);
  REQUIRE(filter);
  return find_refused(profile, *filter, run, refused);
}

// The texts of denials and others, "|" between the two.
std::string told(const Refused& found) {
  std::string text;
  for (const Denial& denial : found.denials) text += denial_text(denial) + "\n";
  text += "|";
  for (const Denial& denial : found.others) text += denial_text(denial) + "\n";
  return text;
}

Trace run_with_filters_of_its_own() {
  Trace run;
  run.syscalls[made("seccomp")] = seen();
  return run;
}

DeniedKey denied(const char* call, uint32_t errnum) { return {Arch::x86_64, number_of(call), errnum}; }

CapabilityKey denied_check(const char* name, const char* call) {
  return {capability_number(name).value(), CapVerdict::denied, Arch::x86_64, number_of(call), "capable"};
}

}  // namespace

TEST_CASE("A call that the bundle allows was refused by the program's own filter, if it has one") {
  Profile profile;
  profile.calls[{Arch::x86_64, "fstat"}] = {NeededBy::app};
  Trace run = run_with_filters_of_its_own();
  run.denied[denied("fstat", 1)] = seen();
  CHECK(told(find(profile, run)) == "|syscall fstat, answered EPERM, by app (thread 3)\n");
  // Without a filter of its own nobody else can: the runtime's libseccomp may not know the call.
  run.syscalls.clear();
  CHECK(find(profile, run).denials.size() == 1);
  run.arguments[{made("prctl"), {22, 2, 0}}] = seen();  // PR_SET_SECCOMP
  CHECK(find(profile, run).denials.empty());
}

TEST_CASE("Of two filters the program's own gives the errno: with another one than the bundle's it refused the call") {
  Trace run = run_with_filters_of_its_own();
  run.denied[denied("mkdir", 18)] = seen();  // EXDEV
  CHECK(told(find({}, run)) == "|syscall mkdir, answered EXDEV, by app (thread 3)\n");
  run.denied.clear();
  run.denied[denied("mkdir", 1)] = seen();
  CHECK(told(find({}, run)) == "syscall mkdir, answered EPERM, by app (thread 3)\n|");
}

TEST_CASE("Where the bundle looks at arguments, those of each denied call tell who refused it") {
  Profile profile;
  const CallKey socket{Arch::x86_64, "socket"};
  profile.calls[socket] = {NeededBy::app};
  profile.arguments[socket] = {{{0, kAllBits, 1}}, {{0, kAllBits, 16}}};  // AF_UNIX, AF_NETLINK
  Trace run = run_with_filters_of_its_own();
  const DeniedKey key = denied("socket", 38);
  run.denied[key] = seen();
  Refusals refused;
  CHECK(find(profile, run, refused).denials.size() == 1);  // not known
  refused.arguments = {{key, {16, 3, 0}, {1, 2, 3, "app"}}};
  CHECK(told(find(profile, run, refused)) == "|syscall socket, answered ENOSYS, by app (thread 3)\n");
  refused.arguments.push_back({key, {2, 1, 0}, {9, 4, 5, "other"}});
  CHECK(told(find(profile, run, refused)) ==
        "syscall socket AF_INET SOCK_STREAM 0, with other arguments than were recorded, answered ENOSYS, by other "
        "(thread 5)\n|");
}

TEST_CASE("A call that was answered the same in the recording is refused as it was then") {
  Profile profile;
  profile.answers[{Arch::x86_64, "clone3"}] = 38;
  Trace run;
  run.denied[denied("clone3", 38)] = seen();
  CHECK(told(find(profile, run)) == "|syscall clone3, answered ENOSYS, by app (thread 3)\n");
}

TEST_CASE("A capability that the bundle grants was given up by the program that is denied it") {
  Profile profile;
  profile.capabilities = {"SETUID"};
  Trace run;
  static_cast<Evidence&>(run.capabilities[denied_check("SETUID", "setuid")]) = seen();
  CHECK(told(find(profile, run)) == "|capability SETUID for setuid, by app (thread 3)\n");
  profile.capabilities = {"SETGID"};
  CHECK(told(find(profile, run)) == "capability SETUID for setuid, by app (thread 3)\n|");
}

TEST_CASE("The capability to override permissions stands for the one to read and search") {
  Trace run;
  static_cast<Evidence&>(run.capabilities[denied_check("DAC_READ_SEARCH", "openat")]) = seen();
  Profile profile;
  CHECK(find(profile, run).denials.size() == 1);
  profile.capabilities = {"DAC_OVERRIDE"};
  CHECK(find(profile, run).denials.empty());
}

TEST_CASE("A thread that would be denied a capability in any container is not denied it by the policy") {
  Refusals refused;
  static_cast<Evidence&>(refused.given_up[denied_check("CHOWN", "chown")]) = seen();
  CHECK(told(find({}, {}, refused)) == "|capability CHOWN for chown, by app (thread 3)\n");
}

TEST_CASE("Of read-only mounts only the root is the policy's, with the files that the engine mounts along with it") {
  const Trace run = run_with({{"/", "overlay", "overlay", "image", true},
                              {"/proc/sys", "proc", "proc", "engine", true},
                              {"/sys", "sysfs", "sysfs", "engine", true},
                              {"/etc/hosts", "ext4", "/dev/sda", "engine", true},
                              {"/data", "ext4", "/srv", "bind", true}});
  const auto is_denial = [&](const Profile& profile, const std::string& path, const std::string& mount) {
    const Refused found = find(profile, run, refusing(path, FileOp::WRITE, mount));
    CHECK(found.denials.size() + found.others.size() == 1);
    return found.denials.size() == 1;
  };
  Profile profile;
  CHECK(is_denial(profile, "/srv/x", "/"));
  CHECK(is_denial(profile, "/etc/hosts", "/etc/hosts"));
  CHECK_FALSE(is_denial(profile, "/proc/sys/kernel/hostname", "/proc/sys"));
  CHECK_FALSE(is_denial(profile, "/sys/x", "/sys"));
  CHECK_FALSE(is_denial(profile, "/data/x", "/data"));
  profile.read_only_root = false;
  CHECK_FALSE(is_denial(profile, "/srv/x", "/"));
}

TEST_CASE("What permissions would have refused anyway is no denial of the policy, and --fix does not open it") {
  Refusals refused;
  refused.barred = refusing("/opt/cache", FileOp::MKDIR, "/").files;
  const Trace run = run_with({{"/", "overlay", "overlay", "image", true}});
  const Refused found = find({}, run, refused);
  CHECK(told(found) == "|mkdir of /opt/cache, read-only file system, by app (thread 3)\n");
  const auto same = allow({}, run, found.denials);
  REQUIRE(same);
  CHECK(same->holes.empty());
  CHECK(others_text(found.others).starts_with("1 refusal by "));
  CHECK(others_text({}).empty());
}

TEST_CASE("A program that was told that it may not write is denied that, unless it was only asking in the recording") {
  const Trace run = run_with({{"/", "overlay", "overlay", "image", true}});
  const Refusals refused = refusing("/srv/db", FileOp::ASK_WRITE, "/");
  Profile profile;
  profile.container = true;
  const Refused found = find(profile, run, refused);
  CHECK(told(found) ==
        "permission to write /srv/db, which access asked for, read-only file system, by app (thread 3)\n|");
  const auto wider = allow(profile, run, found.denials);
  REQUIRE(wider);
  CHECK(wider->holes.contains("/srv"));
  for (const char* known : {"/srv/db", "/srv/", "/"}) {
    profile.asked = {known};
    CHECK(find(profile, run, refused).denials.empty());
  }
  for (const char* known : {"/srv", "/srv/d", "/srv/db/"}) {
    profile.asked = {known};
    CHECK(find(profile, run, refused).denials.size() == 1);
  }
}

TEST_CASE("A directory that a program asked for is opened itself") {
  const Trace run = run_with({{"/", "overlay", "overlay", "image", true}});
  Denial denial;
  denial.kind = Denial::Kind::change;
  denial.change = {"/var/tmp", FileOp::ASK_WRITE};
  static_cast<Evidence&>(denial.fact) = seen();
  denial.fact.mount = "/";
  denial.fact.directory = true;
  const auto wider = allow({}, run, {denial});
  REQUIRE(wider);
  CHECK(wider->holes.size() == 1);
  CHECK(wider->holes.contains("/var/tmp"));
}

TEST_CASE("Code on a tmpfs of the policy without execution is a denial, on any other mount it is not") {
  const FileOp op = GENERATE(FileOp::EXEC, FileOp::MAP_EXEC);
  Profile profile;
  profile.holes["/tmp"].size = 64 << 20;
  Trace run = run_with({{"/tmp", "tmpfs", "tmpfs", "tmpfs", false}});
  const Refused found = find(profile, run, refusing("/tmp/lib.so", op, "/tmp"));
  CHECK(told(found) == "execution of /tmp/lib.so, on a tmpfs without execution (noexec), by app (thread 3)\n|");
  const auto wider = allow(profile, run, found.denials);
  REQUIRE(wider);
  CHECK(wider->holes.size() == 1);
  CHECK(wider->holes.at("/tmp").exec);
  CHECK(wider->holes.at("/tmp").size == 64 << 20);
  CHECK(find(*wider, run, refusing("/tmp/lib.so", op, "/tmp")).denials.empty());
  CHECK(find(profile, run, refusing("/data/lib.so", op, "/data")).denials.empty());
  CHECK(find(profile, run, refusing("/dev/shm/lib.so", op, "/dev/shm")).denials.empty());
}

TEST_CASE("What no-new-privileges keeps from a program is a denial of a policy that sets it, and --fix leaves it out") {
  Profile profile;
  profile.no_new_privileges = true;
  const Trace run = run_with({{"/", "overlay", "overlay", "image", true}});
  const Refusals refused = refusing("/bin/su", FileOp::EXEC_SETID, "/");
  const Refused found = find(profile, run, refused);
  CHECK(told(found) == "what the set-id bits or capabilities of /bin/su give, no-new-privileges, by app (thread 3)\n|");
  const auto wider = allow(profile, run, found.denials);
  REQUIRE(wider);
  CHECK_FALSE(wider->no_new_privileges);
  CHECK(wider->holes.empty());
  CHECK(find(*wider, run, refused).denials.empty());
}
