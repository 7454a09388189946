// SPDX-License-Identifier: Apache-2.0
// `verify` proves nothing under another policy than the bundle's: options of the command that would win are taken out
// or refused, and what is in force is looked at in the container.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/workload.h"

using namespace profilegen;

namespace {

const std::string kPlaces = "profilegen-test/places";
const std::string kNotInForce = "the policy in force is not the bundle's: ";

bool says(const Outcome& outcome, const std::string& text) { return outcome.err.find(text) != std::string::npos; }

Outcome verified(const Workload& work, const Words& options, const Words& command = {"true"},
                 const std::string& engine = "docker") {
  Words words = docker_run(Words{"--rm", "--network", "none"} + options, kPlaces, command);
  words.front() = engine;
  return work.scratch().profilegen(Words{"verify", "profilegen-out", "--"} + words);
}

/// A client that changes what it is asked for: it drops the arguments that match, and puts others behind `run`.
void write_wrapper(const Workload& work, const std::string& dropped, const std::string& added) {
  work.scratch().write(
      "docker", "#!/bin/sh\n[ \"$1\" = run ] || exec docker \"$@\"\nshift\nfor word; do shift\n  case $word in " +
                    dropped + ") ;; *) set -- \"$@\" \"$word\" ;; esac\ndone\nexec docker run " + added + " \"$@\"\n");
  std::filesystem::permissions(work.scratch().path() + "/docker", std::filesystem::perms::owner_all);
}

Outcome under_wrapper(const Workload& work, const std::string& dropped, const std::string& added) {
  write_wrapper(work, dropped, added);
  return verified(work, {}, {"true"}, "./docker");
}

}  // namespace

TEST_CASE("Options that would win over the bundle are taken out and named, and the run is the bundle's") {
  const Workload work({}, kPlaces, "true");
  for (const Words& option : {Words{"--cap-add", "NET_ADMIN"}, Words{"--cap-add=ALL"}, Words{"--read-only=false"},
                              Words{"--security-opt", "no-new-privileges:false"}}) {
    const Outcome outcome = verified(work, option);
    INFO(outcome.err);
    CHECK(outcome.status == 0);
    CHECK(says(outcome, "left out of COMMAND, because the bundle's flags set this: " + option.front()));
  }
  const Outcome own = verified(work, bundle_flags(work.scratch()) + Words{"--read-only"});
  INFO(own.err);
  CHECK(own.status == 0);
  CHECK_FALSE(says(own, "left out"));
}

TEST_CASE("A filter of the command's own, and --privileged, are refused with status 2, behind the bundle's flags too") {
  const Workload work({}, kPlaces, "true");
  const Words flags = bundle_flags(work.scratch());
  for (const Words& option : {Words{"--security-opt", "seccomp=unconfined"}, Words{"--security-opt=seccomp:unconfined"},
                              flags + Words{"--security-opt", "seccomp=unconfined"}}) {
    const Outcome outcome = verified(work, option);
    INFO(outcome.err);
    CHECK(outcome.status == 2);
    CHECK(says(outcome, "COMMAND has a filter of its own"));
  }
  const Outcome privileged = verified(work, {"--privileged"});
  INFO(privileged.err);
  CHECK(privileged.status == 2);
  CHECK(says(privileged, "COMMAND has --privileged"));
  const Outcome compose = work.scratch().profilegen({"verify", "profilegen-out", "--", "docker", "compose", "up"});
  CHECK(compose.status == 2);
  CHECK(says(compose, "COMMAND is compose"));
}

TEST_CASE("Flags of the bundle that switch its policy off are no policy") {
  const Workload work({}, kPlaces, "true");
  const std::string flags = work.artifact("docker.flags");
  for (const std::string off : {"--privileged", "--security-opt=seccomp=unconfined", "--cap-add=ALL"}) {
    work.scratch().write("profilegen-out/docker.flags", flags + off + "\n");
    const Outcome outcome = verified(work, {});
    INFO(outcome.err);
    CHECK(outcome.status == 2);
    CHECK(says(outcome, "docker.flags: has " + off));
  }
}

TEST_CASE("Flags that emit does not write are named with their line, and nothing is run") {
  const Workload work({}, kPlaces, "true");
  const std::string flags = work.artifact("docker.flags");
  const auto lines = static_cast<size_t>(std::ranges::count(flags, '\n'));
  const std::string mark = work.scratch().path() + "/mark";
  work.scratch().write("profilegen-out/docker.flags", flags + "--volume=" + work.scratch().path() + ":/host\n");
  const Outcome outcome = verified(work, {}, {"sh", "-c", "touch /host/mark"});
  INFO(outcome.err);
  CHECK(outcome.status == 2);
  CHECK(says(outcome, "has --volume=" + work.scratch().path() + ":/host (line " + std::to_string(lines + 1) + ")"));
  CHECK_FALSE(std::filesystem::exists(mark));
}

TEST_CASE("What is in force is looked at in the container, of which the first program ends within a millisecond") {
  const Workload work({}, kPlaces, "true");
  struct Change {
    std::string dropped, added, clause;
  };
  for (const Change& change :
       {Change{"--security-opt=seccomp=*", "--security-opt seccomp=unconfined", "it has no seccomp filter"},
        Change{"--security-opt=seccomp=*", "", "its seccomp filter is another one, which also allows "},
        Change{"--cap-drop=ALL", "--cap-add=NET_ADMIN", "it also has the capabilities AUDIT_WRITE, CHOWN, "},
        Change{"--read-only", "", "its root file system is writable"},
        Change{"--security-opt=*", "", "no-new-privileges is not set"}}) {
    CAPTURE(change.dropped, change.added);
    const Outcome outcome = under_wrapper(work, change.dropped, change.added);
    INFO(outcome.err);
    CHECK(outcome.status == 2);
    CHECK(says(outcome, kNotInForce));
    CHECK(says(outcome, change.clause));
    CHECK_FALSE(says(outcome, "nothing was denied"));
  }
  const Outcome same = under_wrapper(work, "nothing", "--label=a=b");
  INFO(same.err);
  CHECK(same.status == 0);
}

TEST_CASE("What a program gives up, and the filters that it adds, are no other policy") {
  const std::string dropping = "setpriv --bounding-set -all --no-new-privs true";
  const Workload work({}, "profilegen-test/python", dropping);
  const Outcome outcome = work.scratch().profilegen(
      Words{"verify", "profilegen-out", "--"} +
      docker_run({"--rm", "--network", "none"}, "profilegen-test/python", {"sh", "-c", dropping}));
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  const Words own{"-v", prog("own_filter") + ":/own_filter:ro"};
  const Workload filters(own, "profilegen-test/busybox", "/own_filter; true");
  const Outcome filtered =
      filters.scratch().profilegen(Words{"verify", "profilegen-out", "--"} +
                                   docker_run(Words{"--rm", "--network", "none"} + own, "profilegen-test/busybox",
                                              {"sh", "-c", "/own_filter; true"}));
  INFO(filtered.err);
  CHECK_FALSE(says(filtered, kNotInForce));
}

TEST_CASE("Another user, the engine's init and a working directory change nothing about what is in force") {
  for (const Words& options : {Words{"--user", "1000:1000"}, Words{"--init"}, Words{"-w", "/srv", "-e", "A=b"}}) {
    const Workload work(options, kPlaces, "true");
    const Outcome outcome = verified(work, options, {"sh", "-c", "true"});
    INFO(outcome.err);
    CHECK(outcome.status == 0);
  }
}

TEST_CASE("emit notes an option of the recording that would undo the policy") {
  const Workload open({"--security-opt", "seccomp=unconfined"}, kPlaces, "true");
  const Outcome outcome = open.scratch().profilegen({"emit", "profilegen-trace.json"});
  INFO(outcome.err);
  CHECK(says(outcome,
             "recorded with --security-opt seccomp=unconfined: leave it away when you use docker.flags, since it "
             "would replace the filter"));
  const Workload added({"--cap-add=NET_ADMIN"}, kPlaces, "true");
  CHECK(says(added.scratch().profilegen({"emit", "profilegen-trace.json"}), "recorded with --cap-add NET_ADMIN: "));
  const Workload plain({}, kPlaces, "true");
  CHECK_FALSE(says(plain.scratch().profilegen({"emit", "profilegen-trace.json"}), "recorded with"));
}
