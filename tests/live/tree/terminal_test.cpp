// SPDX-License-Identifier: Apache-2.0
// COMMAND has the terminal, each signal reaches it once, and the trace is written whatever ends COMMAND.
#include <catch2/catch.hpp>
#include <csignal>

#include "support/background.h"

using profilegen::load_trace;

namespace {

// Counts signals: waits for the first one, then for a while for more.
const std::string kCounter = R"perl(
$| = 1; my $count = 0; $SIG{$ARGV[0]} = sub { $count++ };
print "ready\n"; select(undef, undef, undef, 0.02) until $count;
select(undef, undef, undef, 0.02) for 1 .. 20; print "got $count\n"; exit 3;
)perl";

Words recorded(const Words& command) {
  Words words{PROFILEGEN, "record", "--quiet", "--"};
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

bool has_trace(const Scratch& scratch) {
  const auto trace = load_trace(scratch.path() + "/profilegen-trace.json");
  return trace && app_calls(*trace).count("exit_group") == 1;
}

}  // namespace

TEST_CASE("COMMAND has the terminal and may read from it") {
  const Scratch scratch;
  Terminal terminal(scratch, recorded({"sh", "-c", "tty && read line && echo you said $line"}));
  REQUIRE(terminal.shows("/dev/pts/"));
  terminal.type("hello\n");
  CHECK(terminal.wait() == 0);
  CHECK(terminal.screen().find("you said hello") != std::string::npos);
  CHECK(has_trace(scratch));
}

TEST_CASE("Ctrl-C reaches COMMAND once, and the trace is written") {
  const Scratch scratch;
  Terminal terminal(scratch, recorded({"perl", "-e", kCounter, "INT"}));
  REQUIRE(terminal.shows("ready"));
  terminal.type("\x03");
  CHECK(terminal.wait() == 3);
  CHECK(terminal.screen().find("got 1\r\n") != std::string::npos);
  CHECK(has_trace(scratch));
}

TEST_CASE("A COMMAND that Ctrl-C ends is recorded") {
  const Scratch scratch;
  Terminal terminal(scratch, recorded({"sh", "-c", "echo ready; exec sleep 60"}));
  REQUIRE(terminal.shows("ready"));
  terminal.type("\x03");
  CHECK(terminal.wait() == 128 + SIGINT);
  CHECK(load_trace(scratch.path() + "/profilegen-trace.json"));
}

TEST_CASE("A signal to the recorder alone is passed on to COMMAND, and the trace is written") {
  for (const char* name : {"TERM", "INT", "HUP"}) {
    const Scratch scratch;
    Background recorder(scratch, recorded({"perl", "-e", kCounter, name}), "said");
    REQUIRE(wait_until([&] { return scratch.read("said") == "ready\n"; }));
    recorder.send(std::string(name) == "TERM" ? SIGTERM : std::string(name) == "INT" ? SIGINT : SIGHUP);
    CHECK(recorder.wait() == 3);
    CHECK(scratch.read("said") == "ready\ngot 1\n");
    CHECK(has_trace(scratch));
  }
}
