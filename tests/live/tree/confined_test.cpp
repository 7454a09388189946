// SPDX-License-Identifier: Apache-2.0
// A recorded process tree runs again under its own filter and capabilities, and nothing else does.
#include <catch2/catch.hpp>
#include <cctype>
#include <sstream>

#include "support/recorded.h"

namespace {

// Converts "--cap-add=NET_RAW" lines to setpriv(1)'s syntax.
std::string bounding_set(const std::string& capabilities) {
  std::istringstream lines(capabilities);
  const std::string add = "--cap-add=";
  std::string set = "--bounding-set=-all";
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(add, 0) != 0) continue;
    set += ",+";
    for (const char c : line.substr(add.size())) set += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return set;
}

// Runs a command under the bundle of the last recording.
Outcome confined(const Scratch& scratch, const Words& command) {
  Words words{"setpriv", bounding_set(scratch.read("profilegen-out/capabilities.txt")), "--inh-caps=-all"};
  for (const char* word : {"--no-new-privs", "/usr/bin/python3", LOAD_SECCOMP, "profilegen-out/seccomp.json"})
    words.emplace_back(word);
  words.insert(words.end(), command.begin(), command.end());
  return scratch.run(words);
}

void check_runs_again(const Words& command) {
  const Scratch scratch;
  (void)scratch.record(command);
  (void)scratch.emit();
  const Outcome outcome = confined(scratch, command);
  INFO(outcome.out << outcome.err);
  CHECK(outcome.status == 0);
}

}  // namespace

TEST_CASE("A recorded program runs again under what was emitted for it") {
  check_runs_again(
      {"/bin/sh", "-c", "[ -n \"$(ls -l / | sort | tail -n 1)\" ] && mkdir d && mv d e && rmdir e && ! (exit 3)"});
  check_runs_again({"/usr/bin/python3", "-c",
                    "import socket, subprocess, threading, time\n"
                    "thread = threading.Thread(target=time.sleep, args=(0.05,))\n"
                    "thread.start(); thread.join()\n"
                    "subprocess.check_call(['true'])\n"
                    "socket.create_server(('127.0.0.1', 0)).close()\n"});
  // Not in the program with threads above: there, these calls would signal the other thread if it still existed.
  check_runs_again({"/usr/bin/python3", "-c", "import os\nos.setgroups([1]); os.setgid(1); os.setuid(1)\n"});
  check_runs_again({prog("clone3_thread"), "64"});
  check_runs_again({prog("caps"), "chown"});
}

TEST_CASE("What a program did not do is refused: older calls with EPERM, newer ones as by an older kernel") {
  const Scratch scratch;
  (void)scratch.record({prog("denied_call"), "39"});
  (void)scratch.emit();
  // First getpid, sched_getscheduler, ptrace, mount; then clone3, openat2, close_range; last a number that no kernel
  // has.
  const Outcome outcome =
      confined(scratch, {prog("denied_call"), "39", "145", "101", "165", "435", "437", "436", "600"});
  CHECK(outcome.out == "39 ok\n145 EPERM\n101 EPERM\n165 EPERM\n435 ENOSYS\n437 ENOSYS\n436 ENOSYS\n600 ENOSYS\n");
}

TEST_CASE("An act whose capability was not recorded is refused") {
  const Scratch scratch;
  (void)scratch.record({prog("caps"), "chown"});
  (void)scratch.emit();
  CHECK(confined(scratch, {prog("caps"), "chown"}).out == "chown ok\n");
  CHECK(confined(scratch, {prog("caps"), "mknod"}).out == "mknod EPERM\n");
  CHECK(confined(scratch, {prog("caps"), "chroot"}).out == "chroot EPERM\n");
}

TEST_CASE("What the program's own filter denied is answered alike by the emitted one") {
  const Scratch scratch;
  (void)scratch.record({prog("own_filter")});
  (void)scratch.emit();
  CHECK(confined(scratch, {prog("denied_call"), "145", "39"}).out == "145 EXDEV\n39 EPERM\n");
}
