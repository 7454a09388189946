// SPDX-License-Identifier: Apache-2.0
#include "evidence.h"
#include "subjects.h"

using namespace profilegen;
using Lines = std::vector<std::string>;

TEST_CASE("whole evidence has nothing to admit") {
  CHECK(TraceOf().profile().incomplete.empty());
  CHECK(TraceOf().profile().notes.empty());
}

TEST_CASE("every loss names its counter, its number and its meaning") {
  TraceOf trace;
  trace.run().loss = {{"files", 12}, {"paths", 1}, {"tasks", 0}};
  CHECK(trace.profile().incomplete ==
        Lines{"web: lost 1 (paths): paths that were too long or too deep, or could not be read in time",
              "web: lost 12 (files): file operations that found the ring buffer full"});
}

TEST_CASE("a counter of loss.def that has no meaning here would be a mistake"){
#define LOSS(id, name, meaning)                           \
  {                                                       \
    TraceOf trace;                                        \
    trace.run().loss = {{name, 3}};                       \
    CHECK(has_line(trace.profile().incomplete, meaning)); \
  }
#include "profilegen/loss.def"
#undef LOSS
}

TEST_CASE("attached late is incomplete, shutdown not recorded is a note") {
  TraceOf trace;
  trace.run().marks = {Mark::attached_late, Mark::shutdown_not_recorded};
  const Profile profile = trace.profile();
  CHECK(profile.incomplete == Lines{"web: it already ran when the recording began, so its start is missing: record it "
                                    "from its start"});
  REQUIRE(profile.notes.size() == 1);
  CHECK(has_line(profile.notes, "web: it still ran when the recording ended"));
}

TEST_CASE("an end that is missing in one start is no gap when another start of the container shows it") {
  const Mark mark = GENERATE(Mark::shutdown_not_recorded, Mark::ended_by_signal);
  TraceOf trace;
  trace.run("again") = trace.run();
  trace.run("again").marks = {mark};
  CHECK(trace.profile().notes.empty());
  trace.run().marks = {mark};
  CHECK(trace.profile().notes.size() == 1);
}

TEST_CASE("a container that keeps data and was not restarted may do more when it is") {
  TraceOf trace;
  trace.run().subject.container_id = "c1";
  trace.image_directory("/var/lib/app", true).file("/var/lib/app/db", FileOp::CREATE);
  CHECK(has_line(trace.profile().notes, "no restart was recorded, and data in /var/lib/app outlives one"));
  trace.run("again") = trace.run();
  CHECK_FALSE(has_line(trace.profile().notes, "no restart"));
}

TEST_CASE("a container that keeps nothing needs no restart in its recording") {
  TraceOf trace;
  trace.run().subject.container_id = "c1";
  trace.image_directory("/tmp", false, 01777).file("/tmp/x", FileOp::CREATE);
  CHECK_FALSE(has_line(trace.profile().notes, "no restart"));
}

TEST_CASE("the checkpoint of a recording that was killed is incomplete") {
  TraceOf trace;
  trace.run().marks = {Mark::interrupted};
  CHECK(has_line(trace.profile().incomplete, "web: the recording was killed, and this is its last checkpoint"));
}

TEST_CASE("the same line of two runs is there once") {
  TraceOf trace;
  trace.run().marks = {Mark::attached_late};
  trace.run("run1") = trace.run();
  CHECK(trace.profile().incomplete.size() == 1);
}

TEST_CASE("io_uring is told") {
  TraceOf trace;
  trace.run().io_uring = true;
  CHECK(has_line(trace.profile().notes, "web: it used io_uring, whose operations are no system calls"));
  trace.run().hooks = {{"files", "sys_exit", "files opened or changed through io_uring"}};
  CHECK(has_line(trace.profile().notes, "no filter refuses them; not seen: files opened or changed through io_uring"));
}

TEST_CASE("a run is called by its container, image or command, in one line") {
  Subject subject;
  subject.command = {"./a\nb", "c"};
  CHECK(subject_label(subject) == "./a\\x0ab");
  subject.image = "nginx";
  CHECK(subject_label(subject) == "nginx");
  subject.container_name = "web";
  CHECK(subject_label(subject) == "web");
}
