// SPDX-License-Identifier: Apache-2.0
// A profile contains exactly the capabilities that an act needs.
#include <catch2/catch.hpp>
#include <cctype>
#include <iostream>

#include "support/background.h"

using Names = std::set<std::string>;

namespace {

Names capabilities(const Scratch& scratch, const Words& command) {
  (void)scratch.record(command);
  return scratch.emit().capabilities;
}

Words words(Words first, const Words& rest) {
  first.insert(first.end(), rest.begin(), rest.end());
  return first;
}

// Runs COMMAND in namespaces of its own, so that the machine is not changed and ports below 1024 are privileged. The
// preparation makes in them what the act needs.
Words in_namespaces(const std::string& preparation, const Words& command) {
  return words({"unshare", "--net", "--uts", "--mount", "sh", "-ec", preparation + "; exec \"$@\"", "sh"}, command);
}

struct Act {
  const char* name;
  Names needed;
  std::string preparation = ":";
  Words command = {prog("caps"), name};
};

Names recorded(const Act& act) {
  const Scratch scratch;
  const Outcome outcome =
      scratch.run(in_namespaces(act.preparation, words({PROFILEGEN, "record", "--quiet", "--"}, act.command)));
  INFO(outcome.err);
  REQUIRE(outcome.out == std::string(act.name) + " ok\n");
  REQUIRE(outcome.status == 0);
  return scratch.emit().capabilities;
}

// False if root lacks the capability, as in a virtual machine or a container.
bool is_possible(const Act& act) {
  const Scratch scratch;
  const Outcome outcome = scratch.run(in_namespaces(act.preparation, act.command));
  if (outcome.status != 0) std::cout << "root can't do this here: " << outcome.out << outcome.err;
  return outcome.status == 0;
}

// Runs the act with only these capabilities.
int status_with(const Act& act, const Names& granted) {
  const Scratch scratch;
  std::string set = "--bounding-set=-all";
  for (const std::string& name : granted) {
    set += ",+";
    for (const char c : name) set += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return scratch.run(in_namespaces(act.preparation, words({"setpriv", set, "--inh-caps=-all"}, act.command))).status;
}

const std::string kOthers = "echo x >others; chown 1000:1000 others; chmod 600 others";
const std::string kLayers =
    "mkdir overlay; mount -t tmpfs layers overlay; mkdir overlay/lower overlay/upper overlay/work; echo x "
    ">overlay/lower/file; mount -t overlay -o lowerdir=overlay/lower,upperdir=overlay/upper,workdir=overlay/work "
    "layers "
    "overlay";
// Another user, who gains a capability from the executed file.
const std::string kMarked = "chmod 755 .; cp " + prog("caps") + " marked; setcap cap_net_raw+ep marked";
const Words kMarkedByUser{"sh", "-c", "setpriv --reuid=1000 --clear-groups ./marked raw || exit 1"};

}  // namespace

TEST_CASE("Each act needs its own capabilities and no other: they are enough, and without any one it fails") {
  const Act acts[] = {
      {"chown", {"CHOWN"}},
      {"setuid", {"SETUID"}},
      {"setgid", {"SETGID"}},
      {"setgroups", {"SETGID"}},
      {"bind80", {"NET_BIND_SERVICE"}},
      {"bind80", {}, "echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start"},
      {"raw", {"NET_RAW"}},
      {"ping", {"NET_RAW"}, "echo 1 0 >/proc/sys/net/ipv4/ping_group_range"},
      {"ping", {}, "echo 0 0 >/proc/sys/net/ipv4/ping_group_range"},
      {"mknod", {"MKNOD"}},
      {"chroot", {"SYS_CHROOT"}},
      {"nice", {"SYS_NICE"}},
      {"raise-limit", {"SYS_RESOURCE"}},
      {"sethostname", {"SYS_ADMIN"}},
      {"hostname-inside", {}},
      {"mount", {"SYS_ADMIN"}},
      {"mount-inside", {}},
      {"copy-up", {}, kLayers},
      {"mlock", {"IPC_LOCK"}},
      {"read", {"DAC_READ_SEARCH"}, kOthers},
      {"write", {"DAC_OVERRIDE"}, kOthers},
      {"fowner", {"FOWNER"}, kOthers},
      {"setgid-bit", {"FSETID"}, "echo x >of-group; chgrp 1000 of-group"},
      {"setfcap", {"SETFCAP"}},
      {"lease", {"LEASE"}, kOthers + "; chmod 644 others"},
      {"ptrace", {"SETUID", "SYS_PTRACE"}},
      // Before Linux 5.11, a recorder of the same user uses up the memory limit for maps.
      {"bpf", {"BPF"}, "ulimit -l unlimited 2>limit || :"},
      {"netlink", {"NET_ADMIN"}},
      {"time", {"SYS_TIME"}},
      {"alarm", {"WAKE_ALARM"}},
      {"bounding-set", {"SETPCAP"}},
      {"own-ids", {}},
      {"less", {}},
      {"secure-bits", {"SETPCAP"}},
      {"module", {"SYS_MODULE"}},
      {"reboot", {"SYS_BOOT"}},
      {"accounting", {"SYS_PACCT"}},
      {"raw", {"NET_RAW", "SETGID", "SETUID"}, kMarked, kMarkedByUser},
  };
  size_t done = 0;
  for (const Act& act : acts) {
    if (!is_possible(act)) continue;
    ++done;
    INFO(act.name << " after " << act.preparation);
    CHECK(recorded(act) == act.needed);
    CHECK(status_with(act, act.needed) == 0);
    for (const std::string& name : act.needed) {
      INFO("without " << name);
      CHECK(status_with(act, without(act.needed, {name})) == 1);
    }
  }
  CHECK(done >= 30);
}

TEST_CASE("A capability that one does not have is put into the inheritable set with SETPCAP") {
  const Act act{"inherit-more", {"LEASE", "SETPCAP"}};
  CHECK(recorded(act) == act.needed);
  CHECK(status_with(act, act.needed) == 0);
  CHECK(status_with(act, {"LEASE"}) == 1);
  CHECK(status_with(act, {"SETPCAP"}) == 1);
}

TEST_CASE("A signal to another user's process needs KILL") {
  const Scratch scratch;
  const Background other(scratch, {"setpriv", "--reuid=1000", "--clear-groups", "sh", "-c", "echo up; exec sleep 60"},
                         "up");
  REQUIRE(wait_until([&] { return scratch.read("up") == "up\n"; }));
  CHECK(recorded({"kill", {}}) == Names{"KILL"});
}

TEST_CASE("What needs no capability has none") {
  CHECK(recorded({"none", {}}) == Names{});
  const Scratch scratch;
  CHECK(capabilities(scratch, {"sh", "-c", "echo x >a; mv a b; chmod 600 b; rm b; ls -la / /proc >/dev/null"}) ==
        Names{});
}

// Python that requests memory in each way for which the kernel checks SYS_ADMIN: stack, mapping, file in memory.
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
    CHECK(all_notes(profile).empty());
  }
}

TEST_CASE("A capability that was only asked about is not one that is needed") {
  const Scratch scratch;
  // In a user namespace of its own, a process has all capabilities.
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

TEST_CASE("The narrower one is told from how often each was asked for where only the wider one was granted") {
  const auto without_search = [](const std::string& script) {
    const Scratch scratch;
    const Outcome outcome = scratch.run(in_namespaces(
        kOthers + "; mkdir -m 700 theirs; touch theirs/inside; chown 1000:1000 theirs; chmod 666 theirs/inside",
        {"setpriv", "--bounding-set=-dac_read_search", "--inh-caps=-dac_read_search", PROFILEGEN, "record", "--quiet",
         "--", "sh", "-ec", script}));
    INFO(outcome.err);
    REQUIRE(outcome.status == 0);
    const auto profile = scratch.emit();
    CHECK(all_notes(profile).empty());
    return profile.capabilities;
  };
  const std::string reads = "cat others others; ls theirs; cat theirs/inside; echo x >theirs/inside; test -r others";
  CHECK(without_search(reads) == Names{"DAC_READ_SEARCH"});
  CHECK(without_search(reads + "; echo x >>others") == Names{"DAC_OVERRIDE"});
  CHECK(without_search(reads + "; test -w others") == Names{"DAC_OVERRIDE"});
  CHECK(without_search(reads + "; touch theirs/new") == Names{"DAC_OVERRIDE"});
}

TEST_CASE("A trace tells how often a capability was needed, and where") {
  const Scratch scratch;
  const Outcome outcome = scratch.run(in_namespaces(kOthers, {PROFILEGEN, "record", "--quiet", "--", "sh", "-ec",
                                                              "for i in 1 2 3 4 5 6 7; do chown 1000 others; done"}));
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  const auto trace = scratch.trace();
  uint64_t times = 0;
  for (const auto& [key, fact] : trace.capabilities) {
    if (key.number != 0 || key.verdict != profilegen::CapVerdict::needed) continue;
    CHECK(key.syscall == 260);  // fchownat
    CHECK(fact.first.program == "chown");
    times += fact.counts.begin()->second;
  }
  CHECK(times == 7);
}
