// SPDX-License-Identifier: Apache-2.0
// podman has no daemon: its monitor (conmon) starts the runtime, and its `inspect` has other fields than docker's.
#include <catch2/catch.hpp>

#include "support/podman.h"

using namespace profilegen;

namespace {

const std::string kImage = "profilegen-test/busybox";
const Words kCommand{"/denied_call", "110"};

Words mounted() { return {"-v", prog("denied_call") + ":/denied_call:ro"}; }

void check_subject(const Trace& trace, const std::string& runtime) {
  const Subject& subject = only_run(trace).subject;
  CHECK(subject.engine == "podman");
  CHECK(Scratch().run({"podman", "--version"}).out == "podman version " + subject.engine_version + "\n");
  CHECK(subject.runtime == runtime);
  CHECK_FALSE(subject.runtime_version.empty());
}

// What conmon and the runtime do before loading the filter does not count as the container's.
void check_strangers(const Trace& trace) {
  for (const char* name : {"mount", "pivot_root", "setns", "unshare", "keyctl", "seccomp", "accept4"}) {
    INFO(name);
    CHECK(runtime_calls(trace).count(name) == 0);
    CHECK(app_calls(trace).count(name) == 0);
  }
}

// It runs again under its filter, as the recorded user and as another one.
void check_again(const Scratch& scratch, const PodmanHost& podman, const std::string& runtime) {
  const Words filter =
      mounted() + Words{"--rm", "--security-opt", "seccomp=" + scratch.path() + "/profilegen-out/seccomp.json",
                        "--security-opt", "no-new-privileges"};
  for (const Words& more : {Words{}, Words{"--user", "1000:1000"}}) {
    const Outcome again = podman.run(podman.run_words(runtime, filter + more, kCommand));
    INFO(again.err);
    CHECK(again.out == "110 ok\n");
    CHECK(podman.run(podman.run_words(runtime, filter + more, {"/denied_call", "165", "145"})).out ==
          "165 EPERM\n145 EPERM\n");
  }
}

}  // namespace

TEST_CASE("A container under podman is recorded, and runs again under its filter") {
  const std::string runtime = GENERATE("runc", "crun");
  CAPTURE(runtime);
  const Scratch scratch;
  const PodmanHost podman(scratch, kImage);
  const Trace trace = podman.record(podman.run_words(runtime, mounted() + Words{"--rm"}, kCommand));
  check_subject(trace, runtime);
  CHECK(only_run(trace).subject.seccomp_confined);
  CHECK(only_run(trace).marks.empty());
  CHECK(app_calls(trace).count("getppid") == 1);
  CHECK(runtime_calls(trace).count("execve") == 1);
  check_strangers(trace);
  (void)scratch.emit();
  check_again(scratch, podman, runtime);
}

TEST_CASE("A container under podman without a filter gets its runtime's calls from what is known") {
  const std::string runtime = GENERATE("runc", "crun");
  CAPTURE(runtime);
  const Scratch scratch;
  const PodmanHost podman(scratch, kImage);
  const Words open = mounted() + Words{"--rm", "--security-opt", "seccomp=unconfined"};
  const Trace trace = podman.record(podman.run_words(runtime, open, kCommand));
  check_subject(trace, runtime);
  CHECK_FALSE(only_run(trace).subject.seccomp_confined);
  CHECK(runtime_calls(trace).empty());
  CHECK(app_calls(trace).count("getppid") == 1);
  check_strangers(trace);
  (void)scratch.emit();
  check_again(scratch, podman, runtime);
}

TEST_CASE("podman's start, restart and exec are recorded, and its containers found by a pattern") {
  const std::string runtime = GENERATE("runc", "crun");
  CAPTURE(runtime);
  const Scratch scratch;
  const PodmanHost podman(scratch, kImage);
  const auto call = [&](const Words& words) { return podman.client(runtime, words); };
  Words create =
      podman.run_words(runtime, mounted() + Words{"--name", "web", "--detach"}, {"sh", "-c", until_stopped()});
  REQUIRE(podman.run(create).status == 0);

  const Trace exec = podman.record(call({"exec", "--user", "1000", "web", "/denied_call", "110"}));
  check_subject(exec, runtime);
  CHECK(only_run(exec).subject.container_name == "web");
  CHECK(only_run(exec).subject.image.ends_with("/" + kImage + ":latest"));  // under localhost, in podman 5 docker.io
  CHECK(app_calls(exec).count("getppid") == 1);
  check_strangers(exec);

  Background restart(scratch, podman.inside(Words{PROFILEGEN, "record", "-o", "restarted.json", "--"} +
                                            call({"restart", "--time", "5", "web"})));
  REQUIRE(wait_until([&] { return scratch.read("background.out").find("COMMAND has ended") != std::string::npos; }));
  REQUIRE(podman.run(call({"stop", "--time", "20", "web"})).status == 0);
  CHECK(restart.wait() == 0);
  const Trace restarted = scratch.trace("restarted.json");
  check_subject(restarted, runtime);
  CHECK(only_run(restarted).marks.empty());
  CHECK(runtime_calls(restarted).count("execve") == 1);

  // docker is installed too, but does not know this container.
  const Trace found = podman.record(call({"start", "web"}), {"--container", "we?"});
  check_subject(found, runtime);
  CHECK(only_run(found).marks == std::set<Mark>{Mark::shutdown_not_recorded});
}

TEST_CASE("podman's restart of a container that is followed, and its restart policy, are more runs of one container") {
  const std::string runtime = GENERATE("runc", "crun");
  CAPTURE(runtime);
  const Scratch scratch;
  const PodmanHost podman(scratch, kImage);
  const auto call = [&](const Words& words) { return podman.client(runtime, words); };
  const auto logs = [&](size_t times) {
    const std::string out = podman.run(call({"logs", "web"})).out;
    size_t found = 0;
    for (size_t at = out.find("ready"); at != std::string::npos; at = out.find("ready", at + 1)) ++found;
    return found >= times;
  };
  Background recording(
      scratch, podman.inside(Words{PROFILEGEN, "record", "--"} +
                             podman.run_words(runtime, {"--name", "web", "--detach"}, {"sh", "-c", until_stopped()})));
  REQUIRE(wait_until([&] { return logs(1); }));
  REQUIRE(podman.run(call({"restart", "--time", "20", "web"})).status == 0);
  REQUIRE(wait_until([&] { return logs(2); }));
  REQUIRE(podman.run(call({"stop", "--time", "20", "web"})).status == 0);
  CHECK(recording.wait() == 0);
  const Trace trace = scratch.trace();
  CHECK(trace.runs.size() == 2);
  for (const auto& [id, run] : trace.runs) CHECK(run.marks.empty());

  const Trace dying = podman.record(podman.run_words(
      runtime, {"--name", "dying", "--detach", "--restart", "on-failure:2"}, {"sh", "-c", "echo here; exit 3"}));
  CHECK(dying.runs.size() == 3);
  for (const auto& [id, run] : dying.runs) CHECK(run.subject.container_name == "dying");
}
