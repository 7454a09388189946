// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "scratch.h"

using Catch::Contains;
using Catch::EndsWith;

namespace {

const std::string kWeb = fixture("web.trace.json");
const std::string kWorker = fixture("worker.trace.json");
const std::string kMoby = fixture("moby.json");
const std::string kSame = "no difference in what is allowed\n";

}  // namespace

TEST_CASE("Exit statuses: what fails is the caller's choice") {
  const Scratch scratch;
  scratch.write("less.json", R"({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": []})");
  scratch.write(
      "more.json",
      R"({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]})");
  scratch.write("other.json", R"({"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 13, "syscalls": []})");
  const struct {
    std::string before, after, fail_on;
    int status;
  } cases[] = {
      {"less.json", "more.json", "added", 1},   {"more.json", "less.json", "added", 0},
      {"less.json", "more.json", "removed", 0}, {"more.json", "less.json", "removed", 1},
      {"less.json", "more.json", "any", 1},     {"more.json", "less.json", "any", 1},
      {"less.json", "more.json", "never", 0},   {"less.json", "other.json", "any", 1},
      {"less.json", "other.json", "added", 0},  {"less.json", "less.json", "any", 0},
  };
  for (const auto& [before, after, fail_on, status] : cases) {
    CAPTURE(before, after, fail_on);
    CHECK(scratch.profilegen({"diff", before, after, "--fail-on", fail_on}).status == status);
  }
  CHECK(scratch.profilegen({"diff", "less.json", "more.json"}).status == 1);
  CHECK(scratch.profilegen({"diff", "more.json", "less.json"}).status == 0);
}

TEST_CASE("Lines for what came and went, and a summary") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({"diff", kWeb, kWorker});
  CHECK(outcome.status == 1);
  CHECK(outcome.err.empty());
  CHECK_THAT(outcome.out, Contains("+ low       syscall       mkdir  (needed by the application)\n"));
  CHECK_THAT(outcome.out, Contains("-           capability    NET_BIND_SERVICE\n"));
  CHECK_THAT(outcome.out, Contains("-           mount         /data  ("));
  CHECK_THAT(outcome.out, Contains("-           network       inet stream\n"));
  CHECK_THAT(outcome.out, Contains(" changed\nallowed: ") && EndsWith(", 1 of its 14 capabilities\n"));
}

TEST_CASE("A trace, its profile, its bundle and its filter allow the same") {
  const Scratch scratch;
  REQUIRE(scratch.profilegen({"emit", kWeb, "-o", "out"}).status == 0);
  scratch.write("spo.yaml", scratch.profilegen({"emit", kWeb, "--format", "spo", "--no-new-privileges"}).out);
  // SPO's resource can't express the default answer (src/emit/spo.cpp). diff says so and does not fail.
  const Outcome resource = scratch.profilegen({"diff", "out", "spo.yaml"});
  CHECK(resource.status == 0);
  CHECK_THAT(resource.out, Contains("0 added, 0 removed, "));
  const std::string forms[] = {kWeb, "out/profile.json", "out", "out/seccomp.json"};
  for (const auto& before : forms) {
    for (const auto& after : forms) {
      CAPTURE(before, after);
      const Outcome outcome = scratch.profilegen({"diff", before, after, "--fail-on", "any"});
      CHECK(outcome.status == 0);
      CHECK(outcome.out == kSame);
    }
  }
}

TEST_CASE("Beside a seccomp file only system calls are compared, and it is said") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({"diff", kMoby, kWeb});
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.out,
             Contains("+ medium    syscall       bind") && Contains("-           syscall       getppid\n"));
  CHECK_THAT(outcome.out, !Contains("capability ") && !Contains("writable"));
  CHECK_THAT(outcome.err, Contains("only system calls and the filter's answers to them are compared"));
  CHECK_THAT(outcome.err, Contains("moby.json: only for containers with CAP_BPF, so left out: bpf\n"));
  CHECK(scratch.profilegen({"diff", kMoby, kWeb, "--quiet"}).err.empty());
}

TEST_CASE("What an incomplete recording cannot show is said") {
  const Scratch scratch;
  const Outcome outcome = scratch.profilegen({"diff", kWeb, fixture("lossy.trace.json")});
  CHECK_THAT(outcome.err, Contains("incomplete evidence") && Contains("lost 3 (files)"));
}

TEST_CASE("Standard input is one side") {
  const Scratch scratch;
  CHECK(scratch.profilegen({"diff", "-", kWeb}, fixture_text("web.trace.json")).out == kSame);
  CHECK(scratch.profilegen({"diff", kWeb, "-"}, fixture_text("web.trace.json")).out == kSame);
}

TEST_CASE("Colours on a terminal, unless NO_COLOR is set") {
  const Scratch scratch;
  const Arguments command = {"diff", kWeb, kWorker};
  CHECK_THAT(scratch.profilegen_to(Stdout::terminal, command).out, Contains("\x1b[31m+ low       syscall       mkdir"));
  CHECK_THAT(scratch.profilegen_to(Stdout::terminal, command, {"NO_COLOR="}).out, Contains("\x1b["));
  CHECK_THAT(scratch.profilegen_to(Stdout::terminal, command, {"NO_COLOR=1"}).out,
             Contains("+ low       syscall       mkdir") && !Contains("\x1b["));
  CHECK_THAT(scratch.profilegen(command).out, !Contains("\x1b["));
}

TEST_CASE("What is accepted does not fail, with its reason in every format") {
  const Scratch scratch;
  scratch.write("ok.txt",
                "# for the new queue\nsyscall mkdir until 9999-12-31 because jobs have directories\n"
                "file /run/* because they are jobs\nsyscall ptrace because nobody needs this line\n");
  const Outcome outcome = scratch.profilegen({"diff", kWeb, kWorker, "--ignore", "ok.txt"});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.out,
             Contains("  ignored   added syscall mkdir (needed by the application): jobs have directories\n") &&
                 Contains("0 added, 8 removed, 0 changed, 3 ignored\n"));
  CHECK(outcome.err == "profilegen: ok.txt: line 4: matches no change: remove it if it is not needed any more\n");
  for (const char* format : {"json", "markdown", "sarif"})
    CHECK_THAT(scratch.profilegen({"diff", kWeb, kWorker, "--ignore", "ok.txt", "--format", format}).out,
               Contains("jobs have directories"));
  scratch.write("empty.txt", "");
  CHECK(scratch.profilegen({"diff", kWeb, kWorker, "--ignore", "empty.txt"}).status == 1);
}

TEST_CASE("An exemption that is over fails again, and says so") {
  const Scratch scratch;
  scratch.write("ok.txt", "syscall mkdir until 2020-01-01 because it was summer\nfile * because they are jobs\n");
  const Outcome outcome = scratch.profilegen({"diff", kWeb, kWorker, "--ignore", "ok.txt"});
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.err, Contains("ok.txt: line 1: ended on 2020-01-01"));
}

TEST_CASE("The gate can look at the risk alone") {
  const Scratch scratch;
  CHECK(scratch.profilegen({"diff", kWeb, kWorker, "--fail-on", "risk>=high"}).status == 0);
  CHECK(scratch.profilegen({"diff", kWeb, kWorker, "--fail-on", "risk>=low"}).status == 1);
  const Outcome wrong = scratch.profilegen({"diff", kWeb, kWorker, "--fail-on", "risk>=huge"});
  CHECK(wrong.status == 2);
  CHECK_THAT(wrong.err, Contains("must be added, removed, any, never, or risk>= with a level, such as risk>=high"));
}

TEST_CASE("Each format has the same exit status, and stays one document") {
  const Scratch scratch;
  for (const char* format : {"text", "json", "markdown", "sarif", "github"}) {
    CAPTURE(format);
    const Outcome outcome = scratch.profilegen({"diff", kWeb, kWorker, "--format", format});
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.out, Contains("mkdir"));
    CHECK(scratch.profilegen({"diff", kWeb, kWeb, "--format", format}).status == 0);
  }
}

TEST_CASE("A manifest's SeccompProfile is compared with the base that it names, from the same file or another") {
  const Scratch scratch;
  const auto profile = [](const std::string& name, const std::string& call, const std::string& base) {
    return "kind: SeccompProfile\nmetadata: {name: " + name + "}\nspec:\n  defaultAction: SCMP_ACT_ERRNO\n" + base +
           "  syscalls: [{action: SCMP_ACT_ALLOW, names: [" + call + "]}]\n";
  };
  const std::string web = profile("web", "read", "  baseProfileName: runc\n");
  const std::string runc = profile("runc", "close", "");
  scratch.write("web.yaml", "kind: Namespace\n---\n" + web);
  scratch.write("runc.yaml", runc);
  scratch.write("both.yaml", runc + "---\n" + web);
  const Outcome alone = scratch.profilegen({"diff", "web.yaml", "both.yaml"});
  CHECK(alone.status == 1);
  CHECK_THAT(alone.out, Contains("close") && Contains("1 added"));
  CHECK_THAT(alone.err, Contains("web.yaml: the calls of its base profile \"runc\" are not in this file"));
  const Outcome joined = scratch.profilegen({"diff", "web.yaml", "both.yaml", "--base", "runc.yaml"});
  CHECK(joined.out.find(kSame) == 0);
  CHECK(joined.err.empty());
  scratch.write("several.yaml", web + "---\n" + profile("db", "write", ""));
  const Outcome several = scratch.profilegen({"diff", "web.yaml", "several.yaml"});
  CHECK(several.status == 2);
  CHECK_THAT(several.err, Contains("several.yaml: has 2 SeccompProfiles: web, db"));
  scratch.write("armor.yaml", "kind: AppArmorProfile\n");
  CHECK_THAT(scratch.profilegen({"diff", "web.yaml", "armor.yaml"}).err,
             Contains("armor.yaml: has no SeccompProfile, but 1 AppArmorProfile"));
  CHECK_THAT(scratch.profilegen({"diff", "web.yaml", "web.yaml", "--base", kWeb}).err,
             Contains("is no seccomp filter"));
}

TEST_CASE("A seccomp file is read as the engine does that is named, or that a trace was recorded with") {
  const Scratch scratch;
  const auto filter = [](const std::string& errnum) {
    return R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["mount"], "action": "SCMP_ACT_ERRNO", )" +
           errnum + "}]}";
  };
  scratch.write("number.json", filter(R"("errnoRet": 1)"));
  scratch.write("name.json", filter(R"("errno": "EXDEV")"));
  const auto differ = [&](const std::string& engine) {
    return scratch.profilegen({"diff", "number.json", "name.json", "--engine", engine});
  };
  CHECK_THAT(differ("podman").out, Contains("mount  (EPERM -> EXDEV)"));
  CHECK_THAT(differ("cri-o").out, Contains("mount  (EPERM -> EXDEV)"));
  CHECK(differ("docker").out == kSame);
  CHECK(differ("containerd").out == kSame);
  CHECK(differ("podman").err.empty());
  const Outcome unnamed = scratch.profilegen({"diff", "number.json", "name.json"});
  CHECK_THAT(unnamed.out, Contains("mount  (EPERM -> EXDEV)"));
  CHECK_THAT(unnamed.err, Contains("which only Podman and CRI-O read: Docker and containerd answer EPERM: mount"));
  CHECK(scratch.profilegen({"diff", kWeb, "name.json"}).err.find("EXDEV") == std::string::npos);  // Docker's trace
}
