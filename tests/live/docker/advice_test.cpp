// SPDX-License-Identifier: Apache-2.0
// The advice that comes with a recording: the container works with the advised flags, and would fail with stricter
// ones.
#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>

#include "support/workload.h"

using namespace profilegen;

namespace {

const std::string kPython = "profilegen-test/python";

// The flags at the beginnings of lines in advice.txt.
Words advised(const Workload& work) {
  const std::string text = work.scratch().read("profilegen-out/advice.txt");
  Words flags;
  const std::regex line("(?:^|\n)(--[^ \n]+)(?=\n)");
  for (std::sregex_iterator match(text.begin(), text.end(), line), end; match != end; ++match)
    flags.push_back((*match)[1]);
  return flags;
}

bool has(const Words& flags, const std::string& flag) {
  return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

// `program` must not contain double quotes.
std::string script_of(const std::string& program) { return "python3 -c \"" + program + "\""; }

// Not Workload's function, which passes --network none.
Outcome run_with(const Workload& work, const Words& flags, const std::string& program) {
  return work.scratch().run(
      docker_run(Words{"--rm"} + bundle_flags(work.scratch()) + flags, kPython, {"sh", "-c", script_of(program)}));
}

}  // namespace

TEST_CASE("A container runs with all that is advised, and what it needed is not advised against") {
  const std::string program = "import os; open('/tmp/x', 'w').write(open('/etc/passwd').read()); print('done')";
  const Workload work({}, kPython, script_of(program));
  const Words flags = advised(work);
  for (const char* flag : {"--user=65532:65532", "--network=none", "--ipc=none"}) CHECK(has(flags, flag));
  const Outcome outcome = run_with(work, flags, program);
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "done\n");

  const std::string wider = "import mmap, socket, os; socket.socket(); open('/dev/shm/x', 'w'); print('done')";
  const Workload other({}, kPython, script_of(wider));
  CHECK_FALSE(has(advised(other), "--network=none"));
  CHECK_FALSE(has(advised(other), "--ipc=none"));
  CHECK(run_with(other, {"--ipc=none"}, wider).status != 0);
}

TEST_CASE("A file that only root may read is named, and would have to change its owner for another user") {
  const std::string program = "print(len(open('/etc/shadow').read()) > 0)";
  const Workload work({}, kPython, script_of(program));
  CHECK(work.profile().restricted.count("/etc/shadow") == 1);
  CHECK(work.profile().restricted.count("/etc/passwd") == 0);
  CHECK(work.scratch().read("profilegen-out/advice.txt").find("/etc/shadow (06") != std::string::npos);
  CHECK(run_with(work, {}, program).out == "True\n");
  CHECK(run_with(work, {"--user=65532:65532"}, program).status != 0);
}

TEST_CASE("The shortest container has its peaks, each time") {
  const Scratch scratch;
  for (int time = 0; time < 5; ++time) {
    const Outcome outcome =
        scratch.profilegen(Words{"record", "--"} + docker_run({"--rm"}, "profilegen-test/busybox", {"true"}));
    REQUIRE(outcome.status == 0);
    const auto peaks = only_run(scratch.trace("profilegen-trace.json")).peaks;
    CHECK(peaks.at("descriptors") == 64);
    CHECK(peaks.at("tasks") >= 1);
    CHECK(peaks.at("memory") >= 1U << 20);
  }
}

TEST_CASE("Peaks of memory, tasks and descriptors are true: the advised limits suffice, and half the peak does not") {
  const std::string program =
      "import os, threading, time\n"
      "memory = bytearray(80 << 20)\n"
      "tasks = [threading.Thread(target=time.sleep, args=(0.3,)) for i in range(40)]\n"
      "[task.start() for task in tasks]\n"
      "descriptors = [os.open('/etc/passwd', 0) for i in range(150)]\n"
      "print('done')";
  const Workload work({}, kPython, script_of(program));
  const auto peaks = only_run(work.trace()).peaks;
  CHECK(peaks.at("memory") >= 80U << 20);
  CHECK(peaks.at("memory") < 160U << 20);
  CHECK(peaks.at("tasks") >= 41);
  CHECK(peaks.at("tasks") < 60);
  CHECK(peaks.at("descriptors") == 256);

  const Words flags = advised(work);
  for (const char* flag : {"--memory=256m", "--pids-limit=128", "--ulimit=nofile=512:512"}) CHECK(has(flags, flag));
  const Outcome outcome = run_with(work, flags, program);
  INFO(outcome.err);
  CHECK(outcome.out == "done\n");
  CHECK(run_with(work, {"--memory=40m", "--memory-swap=40m"}, program).status != 0);
  CHECK(run_with(work, {"--pids-limit=20"}, program).status != 0);
  CHECK(run_with(work, {"--ulimit=nofile=128:128"}, program).status != 0);
}

TEST_CASE("Sockets that stay on the container's loopback device need no network, and others do") {
  const std::string local =
      "import socket\n"
      "server = socket.create_server(('127.0.0.1', 0))\n"
      "client = socket.create_connection(server.getsockname())\n"
      "peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
      "peer.bind(('127.0.0.2', 0))\n"
      "sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
      "sender.sendto(b'x', peer.getsockname())\n"
      "sender.sendmsg([b'y'], [], 0, peer.getsockname())\n"
      "print(peer.recv(1), peer.recv(1))\n";
  const Workload work({}, kPython, script_of(local));
  CHECK(has(advised(work), "--network=none"));
  const Outcome outcome = run_with(work, {"--network=none"}, local);
  INFO(outcome.err);
  CHECK(outcome.out == "b'x' b'y'\n");

  const std::string try_it = local +
                             "def attempt(do):\n"
                             "  try: do()\n"
                             "  except OSError: pass\n";
  for (const char* beyond :
       {"peer.connect(('192.0.2.1', 9))", "sender.sendto(b'x', ('192.0.2.1', 9))",
        "sender.sendmsg([b'x'], [], 0, ('192.0.2.1', 9))", "socket.create_server(('0.0.0.0', 0))",
        "peer.connect(('127.0.0.11', 53))", "socket.socket(socket.AF_INET6).connect(('::ffff:192.0.2.1', 9))"}) {
    CAPTURE(beyond);
    const Workload other({}, kPython, script_of(try_it + "attempt(lambda: " + beyond + ")\n"));
    CHECK_FALSE(has(advised(other), "--network=none"));
  }
  const Workload six({}, kPython,
                     script_of(try_it + "attempt(lambda: socket.socket(socket.AF_INET6).bind(('::1', 0)))\n"));
  CHECK(has(advised(six), "--network=none"));
}
