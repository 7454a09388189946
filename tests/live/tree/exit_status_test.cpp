// SPDX-License-Identifier: Apache-2.0
// The exit status is COMMAND's, and COMMAND runs as it would without a recorder.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "support/recorded.h"

namespace {

// If COMMAND can't be run, one line says why, and an existing trace is not changed.
void check_not_run(const Scratch& scratch, const std::string& command, int status, const std::string& reason) {
  scratch.write("profilegen-trace.json", "older");
  const Outcome outcome = scratch.profilegen({"record", "--quiet", "--", command});
  CHECK(outcome.status == status);
  CHECK(outcome.err == "profilegen: " + command + ": can't be run: " + reason + "\n");
  CHECK(scratch.read("profilegen-trace.json") == "older");
}

}  // namespace

TEST_CASE("The exit status is COMMAND's") {
  const Scratch scratch;
  const auto trace = scratch.record({"sh", "-c", "exit 7"}, {}, 7);
  CHECK(app_calls(trace).count("exit_group") == 1);
}

TEST_CASE("A COMMAND that a signal ended gives 128 and the signal's number") {
  const Scratch scratch;
  for (const int signal : {SIGKILL, SIGSEGV, SIGTERM}) {
    const auto trace = scratch.record({prog("signal_exit"), std::to_string(signal)}, {}, 128 + signal);
    CHECK(app_calls(trace).count("kill") == 1);
  }
}

TEST_CASE("A COMMAND that is not there gives 127") {
  const Scratch scratch;
  check_not_run(scratch, "profilegen-no-such-program", 127, "No such file or directory");
  check_not_run(scratch, "./profilegen-no-such-program", 127, "No such file or directory");
  check_not_run(scratch, "profilegen-trace.json/program", 127, "No such file or directory");
  CHECK(scratch.profilegen({"record", "--", ""}).status == 127);
}

TEST_CASE("A COMMAND that is there but can't be executed gives 126") {
  const Scratch scratch;
  scratch.write("no-permission", "#!/bin/sh\n");
  check_not_run(scratch, "./no-permission", 126, "Permission denied");
  check_not_run(scratch, "/tmp", 126, "Permission denied");
  scratch.write("no-interpreter", "exit 0\n");
  REQUIRE(chmod((scratch.path() + "/no-interpreter").c_str(), 0755) == 0);
  check_not_run(scratch, "./no-interpreter", 126, "Exec format error");
}

TEST_CASE(
    "COMMAND is found as execvp(3) does: a later directory of PATH counts when an earlier one has no permission") {
  const Scratch scratch;
  scratch.write("true", "not executable");
  const std::string path = "PATH=" + scratch.path() + ":/usr/bin:/bin";
  CHECK(scratch.run({"env", path, PROFILEGEN, "record", "--", "true"}).status == 0);
  scratch.write("only-here", "not executable");
  CHECK(scratch.run({"env", path, PROFILEGEN, "record", "--", "only-here"}).status == 126);
}

TEST_CASE("COMMAND's words arrive as they were given") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen(
      {"record", "--quiet", "--", "printf", "<%s>", "[a,b]", "[]", "", "--", "-o", "--help", "{x}", "\"q\"", "a b"});
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "<[a,b]><[]><><--><-o><--help><{x}><\"q\"><a b>");
  const auto trace = profilegen::load_trace(scratch.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  CHECK(only_run(*trace).subject.command[2] == "[a,b]");
}

TEST_CASE("COMMAND has the recorder's input, output, limits, signals, group and nothing more open") {
  const Scratch scratch;
  const std::string look =
      "cat; ls /proc/self/fd; ulimit -a; umask; grep -E '^(Sig(Blk|Ign|Cgt)|Cap|NoNewPrivs|Seccomp):' "
      "/proc/self/status;"
      "cat /proc/self/cgroup /proc/self/oom_score_adj; nice; pwd; env";
  const Words command{"sh", "-c", look};
  const Program alone{command, scratch.path(), "line one\nline two", environment()};
  Program recorded = alone;
  recorded.command = {PROFILEGEN, "record", "--quiet", "--"};
  recorded.command.insert(recorded.command.end(), command.begin(), command.end());

  const Outcome expected = run_program(alone);
  const Outcome outcome = run_program(recorded);
  CHECK(outcome.status == 0);
  CHECK(outcome.out == expected.out);
  CHECK(outcome.err.empty());
  CHECK(expected.out.rfind("line one\nline two", 0) == 0);
}

TEST_CASE("What the recorder says goes to standard error only") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({"record", "--", "echo", "hello"});
  CHECK(outcome.out == "hello\n");
  CHECK(outcome.err.rfind("profilegen: profilegen-trace.json: ", 0) == 0);
  CHECK(outcome.err.find('\n') == outcome.err.size() - 1);
}
