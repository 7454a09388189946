// SPDX-License-Identifier: Apache-2.0
// A profile has the capability that an act needs, and no other.
#include <catch2/catch.hpp>
#include <cctype>

#include "support/background.h"

using Names = std::set<std::string>;

namespace {

Names capabilities(const Scratch& scratch, const Words& command) {
  (void)scratch.record(command);
  return scratch.emit().capabilities;
}

// The recorder and COMMAND in network and host name namespaces of their own, so that nothing of the machine is changed
// and ports below 1024 are privileged.
Names of_act(const std::string& act) {
  const Scratch scratch;
  CAPTURE(act);
  const Outcome outcome =
      scratch.run({"unshare", "--net", "--uts", PROFILEGEN, "record", "--quiet", "--", prog("caps"), act});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  REQUIRE(outcome.out == act + " ok\n");
  return scratch.emit().capabilities;
}

// Without the capability it fails, with it alone it works: what is in the profile is needed and enough.
int status_with(const std::string& act, const Names& granted) {
  const Scratch scratch;
  std::string set = "--bounding-set=-all";
  for (const std::string& name : granted) {
    set += ",+";
    for (const char c : name) set += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return scratch.run({"unshare", "--net", "--uts", "setpriv", set, "--inh-caps=-all", prog("caps"), act}).status;
}

}  // namespace

TEST_CASE("Each act needs its own capability and no other") {
  const std::pair<const char*, Names> acts[] = {
      {"chown", {"CHOWN"}},           {"setuid", {"SETUID"}},           {"setgid", {"SETGID"}},
      {"setgroups", {"SETGID"}},      {"bind80", {"NET_BIND_SERVICE"}}, {"raw", {"NET_RAW"}},
      {"mknod", {"MKNOD"}},           {"chroot", {"SYS_CHROOT"}},       {"nice", {"SYS_NICE"}},
      {"sethostname", {"SYS_ADMIN"}}, {"mlock", {"IPC_LOCK"}},
  };
  for (const auto& [act, needed] : acts) {
    CAPTURE(act);
    CHECK(of_act(act) == needed);
    CHECK(status_with(act, needed) == 0);
    CHECK(status_with(act, {}) == 1);
  }
}

TEST_CASE("A signal to another user's process needs KILL") {
  const Scratch scratch;
  const Background other(scratch, {"setpriv", "--reuid=1000", "--clear-groups", "sh", "-c", "echo up; exec sleep 60"},
                         "up");
  REQUIRE(wait_until([&] { return scratch.read("up") == "up\n"; }));
  CHECK(of_act("kill") == Names{"KILL"});
}

TEST_CASE("What needs no capability has none") {
  CHECK(of_act("none") == Names{});
  const Scratch scratch;
  CHECK(capabilities(scratch, {"sh", "-c", "echo x >a; mv a b; chmod 600 b; rm b; ls -la / /proc >/dev/null"}) ==
        Names{});
}

// Python that asks for memory in the ways that make the kernel ask for SYS_ADMIN: stack, mapping, file in memory.
const char* const kMuchMemory = R"(
import mmap, tempfile
def deep(n): return deep(n - 1) if n else bytearray(50 << 20)
deep(500)
mmap.mmap(-1, 1 << 20)[:] = bytes(1 << 20)
tempfile.TemporaryFile(dir='/dev/shm').write(bytes(1 << 20))
)";

TEST_CASE("Memory overcommit is no need for SYS_ADMIN: many processes, a compiler, much memory") {
  const Scratch scratch;
  CHECK(capabilities(scratch, {"/usr/bin/python3", "-c",
                               "import subprocess\n"
                               "for _ in range(200): subprocess.run(['/bin/true'])\n"}) == Names{});
  scratch.write("a.c", "#include <stdio.h>\nint main(void) { return puts(\"x\") < 0; }\n");
  CHECK(capabilities(scratch, {"gcc", "-O2", "-o", "a.out", "a.c"}) == Names{});
  CHECK(capabilities(scratch, {"/usr/bin/python3", "-c", kMuchMemory}) == Names{});
}

TEST_CASE("Overcommit is known for what it is where /proc/kallsyms is shut, with and without SYS_ADMIN") {
  for (const std::string also : {"", ",+sys_admin"}) {
    const Scratch scratch;
    const Outcome outcome =
        scratch.run({"setpriv", "--bounding-set=-all,+bpf,+perfmon,+sys_ptrace,+dac_read_search" + also,
                     "--inh-caps=-all", PROFILEGEN, "record", "--", "/usr/bin/python3", "-c", kMuchMemory});
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
    const auto profile = scratch.emit();
    CHECK(profile.capabilities == Names{});
    CHECK(profile.notes.empty());
  }
}

TEST_CASE("A capability that was only asked about is not one that is needed") {
  const Scratch scratch;
  // A user namespace of one's own grants everything, in there.
  CHECK(capabilities(scratch, {"unshare", "--user", "--map-root-user", "sh", "-c", "mkdir d; chown 0:0 d; hostname"}) ==
        Names{});
}

TEST_CASE("Of two capabilities that would do, the narrower one is in the profile") {
  const Scratch scratch;
  scratch.write("file", "x");
  REQUIRE(scratch.run({"sh", "-c", "chmod 600 file; chown 1000:1000 file"}).status == 0);
  CHECK(capabilities(scratch, {"cat", "file"}) == Names{"DAC_READ_SEARCH"});
  CHECK(capabilities(scratch, {"sh", "-c", "echo y >>file"}) == Names{"DAC_OVERRIDE"});
}
