// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <set>

#include "scratch.h"

using Catch::Contains;
using Catch::StartsWith;

namespace {

const std::string kWeb = fixture("web.trace.json");
const std::string kWorker = fixture("worker.trace.json");
const std::string kLossy = fixture("lossy.trace.json");
const std::string kTree = fixture("tree.trace.json");

using Names = std::set<std::string>;
Names names(const std::map<std::string, std::string>& files) {
  Names list;
  for (const auto& [name, text] : files) list.insert(name);
  return list;
}

}  // namespace

TEST_CASE("A bundle, what it allows and how to use it") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({"emit", kWeb});
  CHECK(outcome.status == 0);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err,
             StartsWith("profilegen: profilegen-out: ") && Contains(" system calls, 1 capability, 1 writable hole\n"));
  CHECK_THAT(outcome.err, Contains("docker run $(cat profilegen-out/docker.flags) IMAGE\n"));
  CHECK(names(scratch.snapshot("profilegen-out")) == Names{"profile.json", "seccomp.json", "capabilities.txt",
                                                           "mounts.txt", "advice.txt", "apparmor.profile",
                                                           "docker.flags", "docker-apparmor.flags"});
  CHECK_THAT(
      scratch.read("profilegen-out/docker.flags"),
      Contains("--security-opt=seccomp=profilegen-out/seccomp.json\n") && Contains("--cap-add=NET_BIND_SERVICE\n"));
}

TEST_CASE("--quiet says nothing, -v names the files") {
  const Scratch scratch;
  const Outcome quiet = scratch.profilegen({"emit", kWeb, "--quiet"});
  CHECK(quiet.status == 0);
  CHECK(quiet.out.empty());
  CHECK(quiet.err.empty());
  CHECK_THAT(scratch.profilegen({"emit", kWeb, "-v"}).err, Contains("wrote profilegen-out/seccomp.json\n"));
}

TEST_CASE("The same evidence gives the same bytes, in any order and any number") {
  const Scratch scratch;
  REQUIRE(scratch.profilegen({"emit", kWeb, kWorker, "-o", "out"}).status == 0);
  const auto first = scratch.snapshot("out");
  for (const Arguments& inputs : {Arguments{kWeb, kWorker}, Arguments{kWorker, kWeb}, Arguments{kWeb, kWorker, kWeb}}) {
    Arguments command = {"emit", "-o", "out"};
    command.insert(command.end(), inputs.begin(), inputs.end());
    REQUIRE(scratch.profilegen(command).status == 0);
    CHECK(scratch.snapshot("out") == first);
  }
}

TEST_CASE("A directory of traces means all of them") {
  const Scratch scratch;
  scratch.write("traces/web.trace.json", fixture_text("web.trace.json"));
  scratch.write("traces/worker.trace.json", fixture_text("worker.trace.json"));
  scratch.write("traces/README", "not a trace");
  const std::string expected = scratch.profilegen({"emit", kWeb, kWorker, "--format", "profile"}).out;
  REQUIRE_FALSE(expected.empty());
  CHECK(scratch.profilegen({"emit", "traces", "--format", "profile"}).out == expected);
  CHECK(scratch.profilegen({"emit", "traces/", "--format", "profile"}).out == expected);
}

TEST_CASE("Traces and profiles mixed: a profile adds what it allows") {
  const Scratch scratch;
  REQUIRE(scratch.profilegen({"emit", kWorker, "-o", "worker"}).status == 0);
  const std::string mixed = scratch.profilegen({"emit", kWeb, "worker/profile.json", "--format", "profile"}).out;
  CHECK_THAT(mixed, Contains("\"mkdir\": \"app\"") && Contains("\"bind\": \"app\""));
  CHECK(scratch.profilegen({"emit", "worker", kWeb, "--format", "profile"}).out == mixed);
  CHECK(scratch.profilegen({"emit", "worker", "--format", "profile"}).out == scratch.read("worker/profile.json"));
}

TEST_CASE("--format prints the artifact that the bundle has") {
  const Scratch scratch;
  REQUIRE(scratch.profilegen({"emit", kWeb, "-o", "out"}).status == 0);
  const std::map<std::string, std::string> files = {{"profile", "profile.json"},
                                                    {"caps", "capabilities.txt"},
                                                    {"mounts", "mounts.txt"},
                                                    {"advice", "advice.txt"},
                                                    {"apparmor", "apparmor.profile"}};
  for (const auto& [format, file] : files) {
    CAPTURE(format);
    const Outcome outcome = scratch.profilegen({"emit", kWeb, "--format", format});
    CHECK(outcome.status == 0);
    CHECK(outcome.out == scratch.read("out/" + file));
    CHECK(outcome.err.empty());
  }
}

TEST_CASE("A filter that is printed alone starts containers without no-new-privileges, and what that costs is told") {
  const Scratch scratch;
  const Outcome bundle = scratch.profilegen({"emit", kWeb, "-o", "out"});
  CHECK_THAT(bundle.err, Contains("use seccomp.json only with these flags, which set no-new-privileges"));
  for (const std::string format : {"seccomp", "spo"}) {
    CAPTURE(format);
    const Outcome alone = scratch.profilegen({"emit", kWeb, "--format", format});
    CHECK_THAT(alone.out, Contains("capset") && Contains("setgroups"));
    CHECK_THAT(alone.err, Contains("it also starts containers without no-new-privileges") &&
                              Contains("--no-new-privileges, for those that have it, saves ") && Contains(" calls\n"));
    // A profile is as good as its trace, but for the runtime's calls that were recorded only.
    CHECK(scratch.profilegen({"emit", "out", "--format", format}).err == alone.err);
    CHECK(scratch.profilegen({"emit", kWeb, "--format", format, "--quiet"}).err.empty());
  }
  const Outcome tight = scratch.profilegen({"emit", kWeb, "--format", "seccomp", "--no-new-privileges"});
  CHECK(tight.out == scratch.read("out/seccomp.json"));
  CHECK_THAT(tight.err, Contains("it starts only containers that have no-new-privileges"));
  CHECK(scratch.profilegen({"emit", kWeb, "--no-new-privileges", "--allow-new-privileges"}).status == 2);
  const Outcome open = scratch.profilegen({"emit", kWeb, "--format", "seccomp", "--allow-new-privileges"});
  CHECK(open.out == scratch.profilegen({"emit", kWeb, "--format", "seccomp"}).out);
  CHECK(open.err.empty());
}

TEST_CASE("A filter of a process tree says that no runtime's own calls are in it") {
  const Scratch scratch;
  CHECK_THAT(scratch.profilegen({"emit", kTree, "--format", "seccomp"}).err, Contains("--runtime NAME adds them"));
  CHECK_THAT(scratch.profilegen({"emit", kTree, "--format", "seccomp", "--runtime", "runc"}).err,
             Contains("it also starts containers without no-new-privileges"));
}

TEST_CASE("A pod with SYS_ADMIN may gain privileges, so it wants the filter that is printed alone") {
  const Scratch scratch;
  REQUIRE(scratch.profilegen({"emit", kWeb, "-o", "out"}).status == 0);
  scratch.write("admin.json", replaced(scratch.read("out/profile.json"), "\"NET_BIND_SERVICE\"",
                                       "\"NET_BIND_SERVICE\",\n    \"SYS_ADMIN\""));
  const Outcome pod = scratch.profilegen({"emit", "admin.json", "--format", "kubernetes"});
  INFO(pod.err);
  CHECK(pod.status == 0);
  CHECK_THAT(pod.out, Contains("allowPrivilegeEscalation: true"));
  CHECK_THAT(pod.err, Contains("give it the filter that --format seccomp prints, not the bundle's"));
  CHECK(scratch.profilegen({"emit", "admin.json", "--format", "kubernetes", "--no-new-privileges"}).status == 2);
  const Outcome plain = scratch.profilegen({"emit", kWeb, "--format", "kubernetes"});
  CHECK_THAT(plain.out, Contains("allowPrivilegeEscalation: false"));
  CHECK(plain.err.empty());
}

TEST_CASE("docker points to the bundle, and does not write it") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({"emit", kWeb, "--format", "docker", "-o", "elsewhere"});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.out, Contains("seccomp=elsewhere/seccomp.json\n"));
  CHECK_FALSE(scratch.exists("elsewhere"));
}

TEST_CASE("Standard input is an input") {
  const Scratch scratch;
  CHECK(scratch.profilegen({"emit", "-", "--format", "profile"}, fixture_text("web.trace.json")).out ==
        scratch.profilegen({"emit", kWeb, "--format", "profile"}).out);
}

TEST_CASE("Lossy evidence is refused, each reason named") {
  const Scratch scratch;
  for (const Arguments& rest : {Arguments{}, Arguments{"--format", "caps"}, Arguments{"--quiet"}}) {
    Arguments command = {"emit", kWeb, kLossy};
    command.insert(command.end(), rest.begin(), rest.end());
    const Outcome outcome = scratch.profilegen(command);
    CHECK(outcome.status == 1);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, Contains("lost 2 (tasks)") && Contains("lost 3 (files)") && Contains("--allow-incomplete"));
    CHECK_FALSE(scratch.exists("profilegen-out"));
  }
}

TEST_CASE("With --allow-incomplete every artifact says so") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({"emit", kLossy, "--allow-incomplete"});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, Contains("incomplete evidence") && Contains("lost 3 (files)"));
  for (const auto& [file, text] : scratch.snapshot("profilegen-out")) {
    CAPTURE(file);
    CHECK_THAT(text, Contains("incomplete"));
  }
  const Outcome again = scratch.profilegen({"emit", "profilegen-out", "--format", "caps"});
  CHECK(again.status == 1);  // a profile keeps the losses of its traces
}

TEST_CASE("A process tree has no docker flags, and takes away those of an older bundle") {
  const Scratch scratch;
  REQUIRE(scratch.profilegen({"emit", kWeb}).status == 0);
  scratch.write("profilegen-out/README", "mine");
  const Outcome outcome = scratch.profilegen({"emit", kTree});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err, !Contains("docker run"));
  CHECK(names(scratch.snapshot("profilegen-out")) ==
        Names{"profile.json", "seccomp.json", "capabilities.txt", "mounts.txt", "apparmor.profile", "README"});
}

TEST_CASE("--runtime adds what the runtime itself calls") {
  const Scratch scratch;
  CHECK_THAT(scratch.profilegen({"emit", kTree, "--format", "profile"}).out, !Contains("\"umask\""));
  CHECK_THAT(scratch.profilegen({"emit", kTree, "--runtime", "crun", "--format", "profile"}).out,
             Contains("\"umask\": \"runtime\""));
  // With --runtime, a process tree's bundle can be used for a container.
  CHECK(scratch.profilegen({"emit", kTree, "-o", "plain"}).status == 0);
  CHECK_FALSE(scratch.exists("plain/docker.flags"));
  CHECK(scratch.profilegen({"emit", kTree, "--runtime", "crun", "-o", "contained"}).status == 0);
  CHECK(scratch.exists("contained/docker.flags"));
  // These options need the traces, which a profile does not contain.
  for (const std::string option : {"--runtime=crun", "--args"}) {
    const Outcome settled = scratch.profilegen({"emit", "contained/profile.json", option});
    CHECK(settled.status == 2);
    CHECK(settled.err ==
          "profilegen: contained/profile.json: is a profile, but these options need a recording; give the one that it "
          "was made of\n");
  }
  const Outcome unknown = scratch.profilegen({"emit", kTree, "--runtime", "nope"});
  CHECK(unknown.status == 2);
  CHECK_THAT(unknown.err, StartsWith("profilegen: --runtime: ") && Contains("crun"));
}

TEST_CASE("A bundle that cannot be written leaves the old one as it is") {
  const Scratch scratch;
  REQUIRE(scratch.profilegen({"emit", kWorker, "-o", "out"}).status == 0);
  std::filesystem::remove(scratch.path() / "out/seccomp.json");
  std::filesystem::create_directory(scratch.path() / "out/seccomp.json");
  const std::string before = scratch.read("out/profile.json");
  const Outcome outcome = scratch.profilegen({"emit", kWeb, "-o", "out"});
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, StartsWith("profilegen: out/seccomp.json: is a directory"));
  CHECK(scratch.read("out/profile.json") == before);
}

TEST_CASE("A disk that is full leaves the old bundle whole, and no part of a new one") {
  const Scratch scratch;
  REQUIRE(scratch.profilegen({"emit", kWorker, "-o", "old"}).status == 0);
  const auto before = scratch.snapshot("old");
  for (const char* directory : {"old", "new"}) {
    // A limit on file sizes replaces a full disk: some files of the bundle are smaller, one is larger.
    const Outcome outcome = run_program(
        {{"/bin/bash", "-c", "trap '' XFSZ; ulimit -f 2; exec \"$@\"", "_", PROFILEGEN, "emit", kWeb, "-o", directory},
         scratch.path()});
    INFO(outcome.err);
    CHECK(outcome.status == 2);
    CHECK_THAT(outcome.err, Contains("cannot be written: File too large"));
  }
  CHECK(scratch.snapshot("old") == before);
  CHECK_FALSE(scratch.exists("new"));
}

TEST_CASE("The bundle's directory is made, its parent is not") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({"emit", kWeb, "-o", "a/b"});
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, StartsWith("profilegen: a/b: cannot be created: No such file or directory; "));
  scratch.write("file", "text");
  CHECK(scratch.profilegen({"emit", kWeb, "-o", "file"}).status == 2);
  CHECK(scratch.read("file") == "text");
}
