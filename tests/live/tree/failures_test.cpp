// SPDX-License-Identifier: Apache-2.0
// Failures of the recorder itself: exit status 125, one line that names the object, and no incomplete file.
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/recorded.h"

using profilegen::load_trace;

namespace {

const std::string kTrace = "profilegen-trace.json";

// Standard error must be one line that contains all of these.
void check_failed(const Outcome& outcome, const Words& said) {
  INFO(outcome.err);
  CHECK(outcome.status == 125);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.rfind("profilegen: ", 0) == 0);
  CHECK(outcome.err.find('\n') == outcome.err.size() - 1);
  for (const std::string& word : said) CHECK(outcome.err.find(word) != std::string::npos);
}

// Runs the script with a separate file system mounted at ./small.
Words on_mount(const std::string& options, const std::string& script) {
  return {"unshare", "--mount", "sh", "-c", "mount -t tmpfs -o " + options + " none small && " + script};
}

std::string record_to(const std::string& path, const std::string& command = "true") {
  return std::string(PROFILEGEN) + " record -o " + path + " -- " + command;
}

size_t files_in(const std::string& directory) {
  size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(directory)) ++count;
  return count;
}

}  // namespace

TEST_CASE("A place that no trace can be written to is refused before COMMAND starts") {
  const Scratch scratch;
  scratch.write("file", "");
  for (const char* place : {"nowhere/trace.json", "nowhere/deeper/", "file/trace.json", "file/"}) {
    const Outcome outcome = scratch.profilegen({"record", "-o", place, "--", "touch", "ran"});
    check_failed(outcome, {std::string(place, 4)});
    CHECK_FALSE(scratch.exists("ran"));
  }
}

TEST_CASE("A read-only file system is refused before COMMAND starts") {
  const Scratch scratch;
  std::filesystem::create_directory(scratch.path() + "/small");
  check_failed(scratch.run(on_mount("ro", record_to("small/trace.json", "touch ran"))),
               {"small", "Read-only file system"});
  CHECK_FALSE(scratch.exists("ran"));
}

TEST_CASE("What is wrong with the options is said, and nothing is run or written") {
  const Scratch scratch;
  scratch.write(kTrace, "older");
  check_failed(scratch.profilegen({"record"}), {"COMMAND"});
  check_failed(scratch.profilegen({"record", "--no-such-option", "--", "touch", "ran"}), {"--no-such-option"});
  check_failed(scratch.profilegen({"record", "-o"}), {"-o"});
  check_failed(scratch.profilegen({"record", "-o", "", "--", "touch", "ran"}), {"-o"});
  CHECK_FALSE(scratch.exists("ran"));
  CHECK(scratch.read(kTrace) == "older");
}

TEST_CASE("Missing capabilities are named, and COMMAND does not run") {
  const Scratch scratch;
  scratch.write(kTrace, "older");
  const auto record_with = [&](const std::string& capabilities) {
    return scratch.run({"setpriv", "--bounding-set=-all" + capabilities, "--inh-caps=-all", PROFILEGEN, "record", "--",
                        "touch", "ran"});
  };
  check_failed(record_with(""), {"CAP_BPF", "CAP_PERFMON", "CAP_SYS_PTRACE", "CAP_DAC_READ_SEARCH", "root"});
  const Outcome half = record_with(",+bpf,+perfmon");
  check_failed(half, {"CAP_SYS_PTRACE CAP_DAC_READ_SEARCH"});
  CHECK(half.err.find("CAP_BPF") == std::string::npos);
  CHECK_FALSE(scratch.exists("ran"));
  CHECK(scratch.read(kTrace) == "older");

  const Outcome enough = record_with(",+bpf,+perfmon,+sys_ptrace,+dac_read_search");
  INFO(enough.err);
  CHECK(enough.status == 0);
  CHECK(scratch.exists("ran"));
  CHECK(load_trace(scratch.path() + "/" + kTrace));
}

TEST_CASE("A disk that is full by the time of writing costs nothing: the trace is saved elsewhere") {
  const Scratch scratch;
  std::filesystem::create_directory(scratch.path() + "/small");
  std::filesystem::create_directory(scratch.path() + "/spare");
  const std::string script = "echo older >small/trace.json && TMPDIR=$PWD/spare " + record_to("small/trace.json") +
                             "; status=$?; cat small/trace.json; ls -A small; exit $status";
  const Outcome outcome = scratch.run(on_mount("size=8k", script));
  INFO(outcome.err);
  CHECK(outcome.status == 125);
  CHECK(outcome.out == "older\ntrace.json\n");
  CHECK(outcome.err.find("small/trace.json") != std::string::npos);
  CHECK(outcome.err.find("No space left on device") != std::string::npos);

  const size_t begin = outcome.err.find(scratch.path() + "/spare/");
  REQUIRE(begin != std::string::npos);
  const auto trace = load_trace(outcome.err.substr(begin, outcome.err.find(' ', begin) - begin));
  REQUIRE(trace);
  CHECK(app_calls(*trace).count("execve") == 1);
}

TEST_CASE("A directory that COMMAND takes away costs nothing either") {
  const Scratch scratch;
  std::filesystem::create_directory(scratch.path() + "/spare");
  std::filesystem::create_directory(scratch.path() + "/there");
  const Outcome outcome = scratch.run(
      {"env", "TMPDIR=" + scratch.path() + "/spare", PROFILEGEN, "record", "-o", "there/t", "--", "rm", "-r", "there"});
  check_failed(outcome, {"there/t", scratch.path() + "/spare/profilegen."});
  CHECK(files_in(scratch.path() + "/spare") == 1);
}

TEST_CASE("When there is room nowhere, the error says so and no piece of a trace is left") {
  const Scratch scratch;
  std::filesystem::create_directory(scratch.path() + "/small");
  const std::string script =
      "TMPDIR=$PWD/small " + record_to("small/trace.json") + "; status=$?; ls -A small; exit $status";
  check_failed(scratch.run(on_mount("size=4k", script)), {"small/trace.json", "No space left on device"});
  CHECK(files_in(scratch.path() + "/small") == 0);
}
