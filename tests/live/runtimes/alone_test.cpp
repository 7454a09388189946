// SPDX-License-Identifier: Apache-2.0
// Filters that are used without a bundle's flags.
#include <catch2/catch.hpp>

#include "support/podman.h"
#include "support/workload.h"

using namespace profilegen;

namespace {

const std::string kImage = "profilegen-test/busybox";
const std::string kScript = "mkdir /tmp/made && echo done";
const Words kCommand{"sh", "-c", kScript};

Words under(const std::string& filter) { return {"--security-opt", "seccomp=" + filter}; }

std::string path(const Workload& work, const std::string& file) { return work.scratch().path() + "/" + file; }

/// The filter that `emit --format seccomp` prints, in a file.
std::string printed(const Workload& work, const Words& options = {}) {
  const Outcome outcome =
      work.scratch().profilegen(Words{"emit", "profilegen-trace.json", "--format", "seccomp"} + options);
  REQUIRE(outcome.status == 0);
  work.scratch().write("alone.json", outcome.out);
  return path(work, "alone.json");
}

Outcome docker(const Workload& work, const Words& options) {
  return work.scratch().run(docker_run(Words{"--rm", "--network", "none"} + options, kImage, kCommand));
}

Outcome verified(const Workload& work, const std::string& filter, const Words& options = {},
                 const std::string& script = kScript) {
  return work.scratch().profilegen(Words{"verify", filter} + options + Words{"--"} +
                                   docker_run({"--rm", "--network", "none"}, kImage, {"sh", "-c", script}));
}

size_t place(const std::string& text, const std::string& part) { return text.find(part); }

}  // namespace

TEST_CASE("The filter that is printed starts a container by itself; the bundle's does with its flags only") {
  const Workload work({}, kImage, kScript);
  const std::string alone = printed(work, {"--runtime", "crun,runc"});
  const std::string tight = path(work, "profilegen-out/seccomp.json");
  CHECK(docker(work, under(alone)).out == "done\n");
  CHECK(docker(work, under(tight)).status != 0);
  CHECK(docker(work, under(tight) + Words{"--security-opt", "no-new-privileges"}).out == "done\n");
  const Podman podman(work.scratch(), kImage);
  for (const std::string runtime : {"runc", "crun"}) {
    CAPTURE(runtime);
    const Outcome outcome = podman.run(runtime, under(alone), kCommand);
    INFO(outcome.err);
    CHECK(outcome.out == "done\n");
    CHECK(podman.run(runtime, under(tight), kCommand).status != 0);
  }
}

TEST_CASE("verify, lint and doctor name no-new-privileges first when a filter is for containers with it") {
  const Workload work({}, kImage, kScript);
  const std::string tight = "profilegen-out/seccomp.json";
  const std::string cause = "containers start only with no-new-privileges";
  const Outcome outcome = verified(work, tight);
  INFO(outcome.err);
  CHECK(outcome.status == 1);
  const size_t told = place(outcome.err, "runc 1.1.15, runc 1.1.5, runc 1.3.6: " + cause);
  REQUIRE(told != std::string::npos);
  CHECK(place(outcome.err, "capset") > told);
  CHECK(place(outcome.err, "no container starts") > told);
  CHECK(place(outcome.err, "no container ran") > told);
  CHECK(place(work.scratch().profilegen({"lint", tight, "--runtime", "runc"}).out, cause) != std::string::npos);
  const Outcome doctor = work.scratch().profilegen({"doctor", tight});
  CHECK(doctor.status == 1);
  CHECK(place(doctor.out, cause) != std::string::npos);
}

TEST_CASE("verify with podman judges a filter alone for the runtime that the command names") {
  const Workload work({}, kImage, kScript);
  const std::string alone = printed(work, {"--runtime", "crun,runc"});
  const std::string tight = path(work, "profilegen-out/seccomp.json");
  const PodmanHost host(work.scratch(), kImage);
  for (const std::string runtime : {"runc", "crun"}) {
    CAPTURE(runtime);
    const Words command = host.run_words(runtime, {}, kCommand);
    const Outcome passes = host.run(Words{PROFILEGEN, "verify", alone, "--"} + command);
    INFO(passes.err);
    CHECK(passes.status == 0);
    const Outcome fails = host.run(Words{PROFILEGEN, "verify", tight, "--"} + command);
    INFO(fails.err);
    CHECK(fails.status == 1);
    const size_t told = place(fails.err, ": containers start only with no-new-privileges");
    REQUIRE(told != std::string::npos);
    CHECK(fails.err.rfind("profilegen: " + runtime + " ", told) != std::string::npos);
    CHECK(place(fails.err, "profilegen: " + std::string(runtime == "runc" ? "crun" : "runc")) == std::string::npos);
  }
}

TEST_CASE("A filter alone is verified: its denials are named, and --fix allows these and no more") {
  const Workload work({}, kImage, kScript);
  std::string text = work.scratch().read(printed(work).substr(work.scratch().path().size() + 1));
  const size_t at = place(text, "\"mkdir\", ");
  REQUIRE(at != std::string::npos);
  text.erase(at, std::string("\"mkdir\", ").size());
  work.scratch().write("narrow.json", text);
  const Outcome outcome = verified(work, "narrow.json", {"--fix", "wider.json"}, "mkdir /tmp/made; echo done");
  INFO(outcome.err);
  CHECK(outcome.status == 1);
  CHECK(outcome.out == "done\n");
  CHECK(place(outcome.err, "profilegen: denied: syscall mkdir, answered ") != std::string::npos);
  CHECK(place(outcome.err, "not checked, because they need a bundle: capabilities") != std::string::npos);
  const Outcome again = verified(work, "wider.json");
  INFO(again.err);
  CHECK(again.status == 0);
  const Outcome difference = work.scratch().profilegen({"diff", "alone.json", "wider.json"});
  INFO(difference.out);
  CHECK(difference.status == 0);
  const Outcome complained = verified(work, "narrow.json", {"--complain"});
  CHECK(complained.out == "done\n");
  CHECK(place(complained.err, "would be denied: syscall mkdir, ") != std::string::npos);
}

TEST_CASE("A call that a filter answers with a signal is named, too, and --fix allows it") {
  const Workload work({}, kImage, kScript);
  for (const std::string action : {"KILL_PROCESS", "TRAP"}) {
    CAPTURE(action);
    work.scratch().write(
        "kills.json", R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["mkdir"], "action": "SCMP_ACT_)" +
                          action + "\"}]}");
    const Outcome outcome = verified(work, "kills.json", {"--fix", "wider.json"}, "mkdir /tmp/made; echo done");
    INFO(outcome.err);
    CHECK(outcome.status == 1);
    CHECK(place(outcome.err, "denied: syscall mkdir, ") != std::string::npos);
    CHECK(place(outcome.err, "where it would send a signal") != std::string::npos);
    CHECK(docker(work, under(path(work, "wider.json"))).out == "done\n");
  }
}

TEST_CASE("What needs a bundle, or takes the filter away, is refused") {
  const Workload work({}, kImage, kScript);
  (void)printed(work);
  CHECK(verified(work, "alone.json", {"--minimize", "smaller"}).status == 2);
  CHECK(verified(work, "alone.json", {"--apparmor"}).status == 2);
  CHECK(verified(work, "profilegen-out/profile.json").status == 2);
  const Outcome own = work.scratch().profilegen(Words{"verify", "alone.json", "--"} +
                                                docker_run(under("unconfined"), kImage, {"true"}));
  CHECK(own.status == 2);
  CHECK(place(own.err, "COMMAND has a filter of its own") != std::string::npos);
}
