// SPDX-License-Identifier: Apache-2.0
// The recorded arguments of calls.
#include <catch2/catch.hpp>
#include <sstream>

#include "support/recorded.h"
#include "tree/gate.h"

using namespace profilegen;

namespace {

using Texts = std::set<std::string>;
using Tuples = std::set<ArgumentValues>;

Tuples tuples_of(const Trace& trace, const std::string& call, Arch arch = Arch::x86_64) {
  Tuples tuples;
  for (const auto& [key, evidence] : trace.arguments)
    if (key.call == SyscallKey{Phase::app, arch, *syscall_number(arch, call)}) tuples.insert(key.values);
  return tuples;
}

Texts texts_of(const Trace& trace, const std::string& call, Arch arch = Arch::x86_64) {
  Texts texts;
  for (const ArgumentValues& values : tuples_of(trace, call, arch))
    texts.insert(arguments_text(arch, *syscall_number(arch, call), values));
  return texts;
}

// The masked numbers in a line like "71 socket(0x2, 0x80001, 0) = 3" or "71 ioctl(1, 0x5401 <unfinished ...>".
ArgumentValues values_in(const std::string& line, const std::string& call) {
  std::istringstream text(line.substr(line.find('(') + 1));
  std::vector<std::string> words;
  for (std::string word; std::getline(text, word, ',');) words.push_back(word);
  ArgumentValues values;
  for (const CallArgument& argument : recorded_arguments(Arch::x86_64, call)) {
    REQUIRE(argument.index < words.size());
    values.push_back(static_cast<uint32_t>(std::stoull(words[argument.index], nullptr, 0)) & argument.mask);
  }
  return values;
}

// The argument values that strace(1) shows for a program.
std::map<std::string, Tuples> straced(const Scratch& scratch, const Words& calls, const Words& command) {
  std::string trace = "trace=";
  for (const std::string& call : calls) trace += call + ",";
  Words words{"strace", "-f", "-qq", "-X", "raw", "-o", "strace.out", "-e", trace, "-e", "signal=none", "--"};
  words.insert(words.end(), command.begin(), command.end());
  REQUIRE(scratch.run(words).status == 0);
  std::map<std::string, Tuples> seen;
  std::istringstream lines(scratch.read("strace.out"));
  for (std::string line; std::getline(lines, line);) {
    const size_t begin = line.find_first_not_of("0123456789 ");
    const size_t end = line.find('(');
    if (begin == std::string::npos || end == std::string::npos || line[begin] == '<' || line[begin] == '+') continue;
    const std::string call = line.substr(begin, end - begin);
    seen[call].insert(values_in(line, call));
  }
  return seen;
}

void check_as_strace(const Words& command, size_t most_seen) {
  const Words calls{"socket", "socketpair", "setsockopt", "fcntl", "prctl", "ioctl", "mmap", "mprotect", "madvise"};
  const Scratch scratch;
  auto seen = straced(scratch, calls, command);
  const Trace trace = scratch.record(command);
  size_t tuples = 0;
  for (const std::string& call : calls) {
    INFO(call);
    CHECK(tuples_of(trace, call) == seen[call]);
    tuples += seen[call].size();
  }
  CHECK(tuples >= most_seen);
}

}  // namespace

TEST_CASE("Of each kind of call the arguments are recorded, also of those that failed") {
  const Scratch scratch;
  const auto trace = scratch.record({prog("arguments")});
  CHECK(texts_of(trace, "socket") == Texts{"AF_INET SOCK_STREAM 6", "AF_UNIX SOCK_DGRAM 0", "46 SOCK_STREAM 0"});
  CHECK(texts_of(trace, "socketpair") == Texts{"AF_UNIX SOCK_SEQPACKET 0"});
  CHECK(texts_of(trace, "setsockopt") == Texts{"SOL_SOCKET 2"});
  CHECK(texts_of(trace, "unshare") == Texts{"CLONE_FILES"});
  CHECK(texts_of(trace, "setns") == Texts{"CLONE_NEWUTS"});
  CHECK(texts_of(trace, "prctl") == Texts{"PR_GET_NAME", "0x12345678"});
  CHECK(texts_of(trace, "personality") == Texts{"0xffffffff"});
  CHECK(texts_of(trace, "ioctl") == Texts{"FIONREAD"});
  CHECK(texts_of(trace, "fcntl") == Texts{"F_GETFD", "F_SETFD"});  // the upper half of the register is ignored
  CHECK(texts_of(trace, "bpf") == Texts{"BPF_OBJ_GET"});
  CHECK(texts_of(trace, "keyctl") == Texts{"KEYCTL_GET_KEYRING_ID"});
  CHECK(texts_of(trace, "ptrace") == Texts{"PTRACE_CONT"});
  CHECK(texts_of(trace, "mmap") == Texts{"PROT_WRITE", "PROT_EXEC"});
  CHECK(texts_of(trace, "mprotect") == Texts{"0"});
  CHECK(texts_of(trace, "madvise") == Texts{"MADV_DONTNEED"});
  CHECK(texts_of(trace, "clone") == Texts{"CLONE_NEWIPC"});
}

TEST_CASE("Each tuple has its first use as evidence") {
  const Scratch scratch;
  const auto trace = scratch.record({prog("arguments")});
  const SyscallKey call{Phase::app, Arch::x86_64, *syscall_number(Arch::x86_64, "fcntl")};
  const First& of_call = trace.syscalls.at(call).first;
  const First& get = trace.arguments.at({call, {1}}).first;
  const First& set = trace.arguments.at({call, {2}}).first;
  CHECK(get.program == "arguments");
  CHECK(get.ns >= of_call.ns);
  CHECK(set.ns > get.ns);
}

TEST_CASE("Calls without recorded arguments have no rows, and every other call has") {
  const Scratch scratch;
  const auto trace = scratch.record({"sh", "-c", "ls -l /etc | sort >list; rm list"});
  for (const auto& [key, evidence] : trace.arguments) {
    const auto arguments = recorded_arguments(key.call.arch, syscall_label(key.call.arch, key.call.number));
    CHECK(key.values.size() == arguments.size());
    CHECK(trace.syscalls.contains(key.call));
  }
  for (const auto& [call, evidence] : trace.syscalls) {
    const std::string name = syscall_label(call.arch, call.number);
    if (!recorded_arguments(call.arch, name).empty()) CHECK_FALSE(texts_of(trace, name).empty());
  }
}

TEST_CASE("Too many arguments are any, visibly, and no loss; --args has room for more") {
  const Scratch scratch;
  CHECK(texts_of(scratch.record({prog("arguments"), "many"}), "ioctl") == Texts{"any"});
  CHECK(scratch.profilegen({"emit", "profilegen-trace.json"}).status == 0);
  CHECK(texts_of(scratch.record({prog("arguments"), "many"}, {"--args"}), "ioctl").size() == 100);
}

TEST_CASE("Threads that make the same call at once add up to one set") {
  const Scratch scratch;
  Tuples expected;
  for (uint32_t option = 1000; option < 1016; ++option) expected.insert({option});
  CHECK(tuples_of(scratch.record({prog("arguments"), "threads"}), "prctl") == expected);
}

TEST_CASE("Arguments of the 32-bit gate are those of its own registers, and none behind a pointer") {
  if (!has_32_bit_gate()) return;
  const Scratch scratch;
  const auto trace = scratch.record({prog("arguments"), "int80"});
  CHECK(texts_of(trace, "socket", Arch::x86) == Texts{"AF_INET SOCK_DGRAM 0"});
  CHECK(texts_of(trace, "fcntl", Arch::x86) == Texts{"F_GETFD"});
  CHECK(texts_of(trace, "fcntl64", Arch::x86) == Texts{"F_GETFL"});
  CHECK(texts_of(trace, "mmap2", Arch::x86) == Texts{"PROT_WRITE"});
  CHECK(texts_of(trace, "mmap", Arch::x86).empty());
  CHECK(texts_of(trace, "socketcall", Arch::x86).empty());
  CHECK(texts_of(trace, "socket").empty());
}

TEST_CASE("The arguments are those that strace shows: python3", "[slow]") {
  check_as_strace({"/usr/bin/python3", "-c", R"(
import fcntl, mmap, os, socket, subprocess, threading
thread = threading.Thread(target=print); thread.start(); thread.join()
server = socket.create_server(("127.0.0.1", 0)); socket.socketpair()
fcntl.fcntl(0, fcntl.F_GETFL); mmap.mmap(-1, 4096)
assert subprocess.run(["true"], capture_output=True).returncode == 0
)"},
                  12);
}

TEST_CASE("The arguments are those that strace shows: git", "[slow]") {
  check_as_strace({"sh", "-c",
                   "export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a "
                   "GIT_COMMITTER_EMAIL=a@example.org GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null; "
                   "git init -q r && cd r && echo one >file && git add file && git commit -q -m one && "
                   "git log --stat >/dev/null && git gc -q && cd .. && rm -rf r"},
                  8);
}
