// SPDX-License-Identifier: Apache-2.0
// Everything that is bounded reports how much it lost. The bounds are made small, and the recorder is stopped while
// COMMAND works, so that every number is known.
#include <catch2/catch.hpp>
#include <csignal>

#include "support/background.h"

using namespace profilegen;

namespace {

struct Recorded {
  Trace trace;
  std::map<std::string, uint64_t> loss;
};

Words with_sizes(const Words& sizes, const Words& command) {
  Words words{"record"};
  for (size_t i = 0; i < sizes.size(); i += 2) words.insert(words.end(), {"--sizes", sizes[i], sizes[i + 1]});
  words.emplace_back("--");
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

Recorded load(const Scratch& scratch) {
  auto trace = load_trace(scratch.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  return {*trace, only_run(*trace).loss};
}

Recorded record(const Scratch& scratch, const Words& sizes, const Words& command) {
  const Outcome outcome = scratch.profilegen(with_sizes(sizes, command));
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return load(scratch);
}

void check_refused(const Scratch& scratch, const std::string& counter) {
  const Outcome refused = scratch.profilegen({"emit", "profilegen-trace.json"});
  CHECK(refused.status == 1);
  CHECK(refused.err.find("(" + counter + ")") != std::string::npos);
  CHECK_FALSE(scratch.exists("profilegen-out"));
  CHECK(scratch.profilegen({"emit", "--allow-incomplete", "profilegen-trace.json"}).status == 0);
  CHECK(scratch.read("profilegen-out/mounts.txt").find("# incomplete: ") == 0);
}

size_t made_below(const Trace& trace, const std::string& directory) {
  size_t count = 0;
  for (const auto& [key, fact] : trace.files)
    count += key.op == FileOp::CREATE && key.path.starts_with(directory + "/") ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("A full ring buffer: what was recorded and what was lost is all that was done", "[slow]") {
  const Scratch scratch;
  Words command{PROFILEGEN};
  const Words words = with_sizes({"events", "4096"}, {prog("many_files"), "d", "1000", "go", "done"});
  command.insert(command.end(), words.begin(), words.end());
  Background recorder(scratch, command);
  REQUIRE(wait_until([&] { return scratch.exists("d"); }));
  recorder.send(SIGSTOP);
  scratch.write("go", "");
  REQUIRE(wait_until([&] { return scratch.exists("done"); }));
  recorder.send(SIGCONT);
  REQUIRE(recorder.wait() == 0);
  Recorded found = load(scratch);
  const size_t recorded = made_below(found.trace, scratch.path() + "/d");
  CHECK(recorded < 200);
  found.loss.erase("notices");  // COMMAND's end may be lost, if the recorder was still stopped
  REQUIRE(found.loss.size() == 1);
  // The directory of the files and the file "done" may be lost too.
  CHECK(recorded + found.loss.at("files") >= 1000);
  CHECK(recorded + found.loss.at("files") <= 1002);
  check_refused(scratch, "files");
}

TEST_CASE("More calls outside of the tables than are kept", "[slow]") {
  const Scratch scratch;
  const Recorded found =
      record(scratch, {"odd_calls", "2"}, {prog("denied_call"), "2000", "3000", "4000", "5000", "2000"});
  CHECK(found.loss == std::map<std::string, uint64_t>{{"calls", 2}});
  CHECK(app_calls(found.trace).count("syscall_2000") + app_calls(found.trace).count("syscall_5000") < 2);
  check_refused(scratch, "calls");
}

TEST_CASE("More denied calls than are kept", "[slow]") {
  const Scratch scratch;
  const Recorded found = record(scratch, {"denied_calls", "1"}, {prog("own_filter")});
  CHECK(found.trace.denied.size() == 1);
  REQUIRE(found.loss.size() == 1);
  CHECK(found.loss.at("denials") >= 1);
  check_refused(scratch, "denials");
}

TEST_CASE("More places that check capabilities than are kept", "[slow]") {
  const Scratch scratch;
  const Recorded found = record(scratch, {"capability_sites", "1"}, {"sh", "-c", "chown 1 . && chown 0 . && mkdir d"});
  REQUIRE(found.loss.size() == 1);
  CHECK(found.loss.at("capability-sites") >= 1);
  CHECK(found.trace.capabilities.size() <= 1);
  check_refused(scratch, "capability-sites");
}

TEST_CASE("What is only remembered to save work loses nothing when it is small", "[slow]") {
  const Scratch scratch;
  const Recorded found = record(scratch, {"seen", "1"}, {prog("many_files"), "d", "3000"});
  CHECK(found.loss.empty());
  CHECK(made_below(found.trace, scratch.path() + "/d") == 3000);
}

TEST_CASE("A size of something that does not exist is an error before COMMAND starts", "[slow]") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen(with_sizes({"nothing", "1"}, {"touch", "started"}));
  CHECK(outcome.status == 125);
  CHECK_FALSE(scratch.exists("started"));
}
