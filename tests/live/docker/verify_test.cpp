// SPDX-License-Identifier: Apache-2.0
// `verify` with a bundle that suffices, and with one that lacks something, which verify names and can add.
#include <catch2/catch.hpp>

#include "support/background.h"
#include "support/workload.h"

using namespace profilegen;

namespace {

const std::string kPlaces = "profilegen-test/places";
const std::string kScript = "mkdir /tmp/made && chown 7 /srv/content/shipped && echo x >/srv/empty/file && echo done";

Outcome verified(const Workload& work, const Words& options, const std::string& script) {
  return work.scratch().profilegen(Words{"verify"} + options + Words{"--"} +
                                   docker_run({"--rm", "--network", "none"}, kPlaces, {"sh", "-c", script}));
}

// Writes the bundle of a profile into a directory.
void write_bundle_of(const Workload& work, const Profile& profile, const std::string& directory) {
  work.scratch().write("changed.json", format_profile(profile));
  REQUIRE(work.scratch().profilegen({"emit", "changed.json", "-o", directory}).status == 0);
}

bool says(const Outcome& outcome, const std::string& denial) {
  return outcome.err.find("profilegen: denied: " + denial) != std::string::npos;
}

}  // namespace

TEST_CASE("A bundle that suffices is verified with status 0") {
  const Workload work({}, kPlaces, kScript);
  const Outcome outcome = verified(work, {"profilegen-out"}, kScript);
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "done\n");
  CHECK(outcome.err.find("nothing was denied") != std::string::npos);
  // The bundle works in any directory.
  REQUIRE(work.scratch().run({"mv", "profilegen-out", "elsewhere"}).status == 0);
  CHECK(verified(work, {"elsewhere"}, kScript).status == 0);
}

TEST_CASE("verify names each thing that a bundle lacks, and --fix puts back these and no more") {
  const Workload work({}, kPlaces, kScript);
  Profile profile = work.profile();
  REQUIRE(profile.calls.erase({Arch::x86_64, "mkdir"}) == 1);
  REQUIRE(profile.capabilities.erase("CHOWN") == 1);
  REQUIRE(profile.holes.erase("/srv/empty") == 1);
  write_bundle_of(work, profile, "broken");

  const std::string script = "mkdir /tmp/made; chown 7 /srv/content/shipped; echo x >/srv/empty/file; echo done";
  const Outcome outcome = verified(work, {"broken", "--fix", "fixed"}, script);
  INFO(outcome.err);
  CHECK(outcome.status == 1);
  CHECK(says(outcome, "syscall mkdir, answered EPERM, by mkdir"));
  CHECK(says(outcome, "capability CHOWN for chown: chown of /srv/content/shipped, "));
  CHECK(says(outcome, "write of /srv/empty/file, read-only file system, by sh"));

  const Outcome again = verified(work, {"fixed"}, kScript);
  INFO(again.err);
  CHECK(again.status == 0);
  CHECK(again.out == "done\n");
  const Outcome difference = work.scratch().profilegen({"diff", "profilegen-out", "fixed", "--fail-on", "added"});
  INFO(difference.out);
  CHECK(difference.status == 0);
}

TEST_CASE("verify names a tmpfs that was full, and --fix gives it room") {
  const std::string write = "head -c 100000000 /dev/zero >/tmp/big; wc -c </tmp/big";
  const Workload work({}, kPlaces, "head -c 1000 /dev/zero >/tmp/big; wc -c </tmp/big");
  REQUIRE(work.hole_flags().find("/tmp:rw,nosuid,nodev,noexec,mode=1777,uid=0,gid=0,size=64m\n") != std::string::npos);
  const Outcome outcome = verified(work, {"profilegen-out", "--fix", "fixed"}, write);
  INFO(outcome.err);
  CHECK(outcome.status == 1);
  CHECK(outcome.out == "67108864\n");
  CHECK(says(outcome, "allocate of /tmp/big, the tmpfs is full, by head"));
  const Outcome again = verified(work, {"fixed"}, write);
  INFO(again.err);
  CHECK(again.status == 0);
  CHECK(again.out == "100000000\n");
}

TEST_CASE("verify says where in the program each denial was, as long as its process lives") {
  const std::string begin = "import os, time\ndef attempt(do):\n  try: do()\n  except OSError: pass\n";
  const std::string end = "time.sleep(0.5)\n";
  const Workload work({}, "profilegen-test/python", "python3 -c \"" + begin + end + "\"");
  const Outcome outcome =
      work.scratch().profilegen(Words{"verify", "profilegen-out", "--"} +
                                docker_run({"--rm"}, "profilegen-test/python",
                                           {"sh", "-c",
                                            "python3 -c \"" + begin +
                                                "attempt(lambda: os.mkdir('/tmp/x'))\nattempt(lambda: os.chroot('/'))\n"
                                                "attempt(lambda: open('/srv/x', 'w'))\n" +
                                                end + "\""}));
  INFO(outcome.err);
  CHECK(outcome.status == 1);
  const auto stack_of = [&outcome](const std::string& denial) {
    const size_t at = outcome.err.find("profilegen: denied: " + denial);
    const size_t next = outcome.err.find('\n', at);
    REQUIRE(next != std::string::npos);
    return outcome.err.substr(next + 1, outcome.err.find('\n', next + 1) - next - 1);
  };
  CHECK(stack_of("syscall mkdir, ").starts_with("profilegen:     at mkdir+0x"));
  CHECK(stack_of("syscall chroot, ").starts_with("profilegen:     at chroot+0x"));
  CHECK(stack_of("write of /srv/x, ").find("/libc.so.6)") != std::string::npos);
  CHECK(outcome.err.find(" _start+0x") != std::string::npos);
}

TEST_CASE("With --complain calls are let through, and all that is missing is named in one run") {
  const Workload work({}, kPlaces, "echo done");
  const std::string script = "mkdir /tmp/made && echo done";
  const Outcome outcome =
      verified(work, {"profilegen-out", "--complain", "--fix", "fixed"}, "mkdir /tmp/made; echo done");
  INFO(outcome.err);
  CHECK(outcome.status == 1);
  CHECK(outcome.err.find("profilegen: would be denied: syscall mkdir, by mkdir") != std::string::npos);
  CHECK(outcome.err.find("profilegen: would be denied: syscall wait4, by sh") != std::string::npos);
  CHECK(says(outcome, "mkdir of /tmp/made, read-only file system, by mkdir"));

  const Outcome again = verified(work, {"fixed"}, script);
  INFO(again.err);
  CHECK(again.status == 0);
  CHECK(again.out == "done\n");
}

TEST_CASE("A filter under which the runtime itself can't start is told of with the calls that it lacks") {
  const Workload work({}, kPlaces, kScript);
  Profile profile = work.profile();
  const std::set<NeededBy> runtime_only{NeededBy::runtime};
  REQUIRE(std::erase_if(profile.calls, [&](const auto& call) { return call.second == runtime_only; }) > 0);
  write_bundle_of(work, profile, "broken");
  const Outcome outcome = verified(work, {"broken"}, kScript);
  INFO(outcome.err);
  CHECK(outcome.status == 1);
  CHECK(outcome.err.find("no container ran") != std::string::npos);
  CHECK(outcome.err.find(": no container starts: the filter refuses what the runtime calls first: ") !=
        std::string::npos);
}

TEST_CASE("verify fails for a command that fails, whatever was denied, and for one that starts no container") {
  const Workload work({}, kPlaces, kScript);
  CHECK(verified(work, {"profilegen-out"}, kScript + "; exit 3").status == 1);
  const Outcome none = work.scratch().profilegen({"verify", "profilegen-out", "--", "docker", "ps"});
  CHECK(none.status == 2);
  CHECK(none.err.find("starts no container") != std::string::npos);
  const Outcome unknown = work.scratch().profilegen(
      {"verify", "profilegen-out", "--", "docker", "run", "--rm", "profilegen-test/no-such-image"});
  CHECK(unknown.status == 1);
  CHECK(unknown.err.find("no container ran") != std::string::npos);
}

TEST_CASE("verify of a service tells while it runs what is denied, each once, and the verdict when it is stopped") {
  const std::string acts = "mkdir /tmp/made; sleep 3; chown 7 /srv/content/shipped";
  const std::string script = until_stopped(acts);
  const Workload work({}, kPlaces, "trap 'exit 0' TERM; " + acts + "; echo ready; sleep 9 & (sleep 1; kill $$) & wait");
  Profile profile = work.profile();
  REQUIRE(profile.calls.erase({Arch::x86_64, "mkdir"}) == 1);
  REQUIRE(profile.capabilities.erase("CHOWN") == 1);
  write_bundle_of(work, profile, "broken");

  const Container service(work.scratch(), "verified");
  Background verify(work.scratch(),
                    Words{PROFILEGEN, "verify", "broken", "--"} +
                        docker_run({"--name", service.name(), "--network", "none"}, kPlaces, {"sh", "-c", script}),
                    "verify.out");
  const auto said = [&] { return work.scratch().read("verify.out"); };
  const auto count = [&](const std::string& text) {
    const std::string all = said();
    size_t found = 0;
    for (size_t at = all.find(text); at != std::string::npos; at = all.find(text, at + 1)) ++found;
    return found;
  };
  CHECK(wait_until([&] {
    return count("profilegen: so far denied: capability CHOWN for chown: chown of /srv/content/shipped, ") == 1;
  }));
  INFO(said());
  CHECK(count("profilegen: so far denied: syscall mkdir, answered EPERM, by mkdir") == 1);
  CHECK(count("profilegen: watching " + service.name() + ": ") == 1);
  CHECK(count("profilegen: denied: ") == 0);
  CHECK(verify.runs());
  CHECK(service.stop() == 0);
  CHECK(verify.wait() == 1);
  CHECK(count("profilegen: denied: syscall mkdir, answered EPERM, by mkdir") == 1);
  CHECK(count("profilegen: denied: capability CHOWN for chown: chown of /srv/content/shipped, ") == 1);
}

TEST_CASE("verify --minimize leaves three planted capabilities out, and nothing else") {
  const Workload work({}, kPlaces, kScript);
  Profile profile = work.profile();
  for (const char* name : {"KILL", "NET_RAW", "SYS_CHROOT"}) REQUIRE(profile.capabilities.insert(name).second);
  write_bundle_of(work, profile, "planted");
  const Outcome outcome = verified(work, {"planted", "--minimize", "smaller"}, kScript);
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(outcome.err.find("smaller: leaves out capability KILL, capability NET_RAW, capability SYS_CHROOT\n") !=
        std::string::npos);
  const auto smaller = load_profile(work.scratch().path() + "/smaller/profile.json");
  REQUIRE(smaller);
  CHECK(*smaller == work.profile());
  CHECK(verified(work, {"smaller"}, kScript).status == 0);

  const Outcome failing = verified(work, {"planted", "--minimize", "none"}, "chroot / true");
  CHECK(failing.status == 1);
  CHECK(failing.err.find("does not pass under the bundle as it is") != std::string::npos);
  CHECK_FALSE(work.scratch().exists("none"));
}

TEST_CASE("What Docker's own filter denied while recording is no denial under the bundle") {
  const std::string script = "/denied_call 165 && echo done";
  const Words own{"-v", prog("denied_call") + ":/denied_call:ro"};
  const Workload work(own, "profilegen-test/busybox", script);
  const Outcome outcome = work.scratch().profilegen(
      Words{"verify", "profilegen-out", "--"} +
      docker_run(Words{"--rm", "--network", "none"} + own, "profilegen-test/busybox", {"sh", "-c", script}));
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "165 EPERM\ndone\n");
}
