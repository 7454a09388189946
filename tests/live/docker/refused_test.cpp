// SPDX-License-Identifier: Apache-2.0
// Who refused it, told by verify with real kernels and engines: a denial is what the bundle refuses, and nothing else.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "support/background.h"
#include "support/workload.h"

using namespace profilegen;
namespace fs = std::filesystem;

namespace {

const std::string kPlaces = "profilegen-test/places";

// Records "/refusals WORDS" in a container, and runs it again, or with other words, under the bundle.
struct Refusing {
  explicit Refusing(Words more = {}) : options(Words{"--rm", "--network", "none"} + more) {
    options = options + Words{"-v", prog("refusals") + ":/refusals:ro"};
  }

  [[nodiscard]] Words command(const Words& words) const {
    return docker_run(options, kPlaces, Words{"/refusals"} + words);
  }
  Profile record(const Words& words) const {
    (void)scratch.record(command(words));
    return scratch.emit();
  }
  // Emits the bundle of a changed profile.
  void emit(const Profile& profile, const std::string& directory) const {
    scratch.write("changed.json", format_profile(profile));
    REQUIRE(scratch.profilegen({"emit", "changed.json", "-o", directory}).status == 0);
  }
  [[nodiscard]] Outcome verify(const Words& arguments, const Words& words) const {
    return scratch.profilegen(Words{"verify"} + arguments + Words{"--"} + command(words));
  }

  Scratch scratch;
  Words options;
};

size_t count(const std::string& text, const std::string& part) {
  size_t found = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

// Exactly one denial, this one.
void check_alone(const Outcome& outcome, const std::string& denial) {
  INFO(outcome.err);
  CHECK(outcome.status == 1);
  CHECK(count(outcome.err, "profilegen: denied: ") == 1);
  CHECK(count(outcome.err, "profilegen: denied: " + denial) == 1);
}

void check_clean(const Outcome& outcome) {
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(count(outcome.err, "profilegen: denied: ") == 0);
}

}  // namespace

TEST_CASE("Changes that permissions refuse anyway are no denials, whatever a read-only root answers first") {
  const Refusing user({"--user", "1000"});
  const Words refused{"mkdir", "/opt/cache", "unlink", "/var/log/app.log", "unlink", "/run/none",
                      "chmod", "/var/log",   "times",  "/var/log/app.log", "mkdir",  "/srv/many/0/x"};
  (void)user.record(refused);
  const Outcome outcome = user.verify({"profilegen-out", "--fix", "fixed"}, refused);
  check_clean(outcome);
  CHECK(count(outcome.out, "EROFS") == 6);
  CHECK(count(outcome.err, "6 refusals by permissions") == 1);
  CHECK(load_profile(user.scratch.path() + "/fixed/profile.json")->holes.empty());
  // The other way round: its own directory, and the group's.
  check_alone(user.verify({"profilegen-out"}, {"mkdir", "/srv/content/made"}),
              "mkdir of /srv/content/made, read-only file system, by refusals");
  check_alone(user.verify({"profilegen-out"}, {"chmod", "/srv/content/shipped"}),
              "chmod of /srv/content/shipped, read-only file system, by refusals");
}

TEST_CASE("A capability that a program gave up is no denial; one that the bundle took is") {
  const Refusing work;
  const Words dropping{"drop", "-", "chown", "/srv/content/shipped"};
  Profile profile = work.record(dropping);
  REQUIRE(profile.capabilities.contains("SETUID"));
  REQUIRE_FALSE(profile.capabilities.contains("CHOWN"));
  const Outcome same = work.verify({"profilegen-out"}, dropping);
  check_clean(same);
  CHECK(same.out == "drop EPERM\nchown ok\n");
  // Nor is one that was never recorded, asked for after that.
  const Outcome other = work.verify({"profilegen-out"}, {"drop", "-", "chown", "/proc/self/mem"});
  check_clean(other);
  CHECK(other.out == "drop EPERM\nchown EPERM\n");
  check_alone(work.verify({"profilegen-out"}, {"chown", "/proc/self/mem"}),
              "capability CHOWN for chown: chown of /proc/self/mem, ");
  profile.capabilities.erase("SETGID");
  work.emit(profile, "broken");
  check_alone(work.verify({"broken"}, {"drop", "-"}), "capability SETGID for setgroups: ");
}

TEST_CASE("What a program's own filter refuses is no denial where the bundle allows it") {
  const Refusing work({"-v", prog("own_filter") + ":/own_filter:ro"});
  const Words command = docker_run(work.options, kPlaces, {"/own_filter"});
  (void)work.scratch.record(command);
  const Profile profile = work.scratch.emit();
  const Words verify = Words{"verify", "profilegen-out", "--"} + command;
  const Outcome outcome = work.scratch.profilegen(verify);
  check_clean(outcome);
  CHECK(outcome.out == "ok\n");
  CHECK(count(outcome.err, "2 refusals by ") == 1);
  Profile less = profile;
  REQUIRE(less.calls.erase({Arch::x86_64, "sched_get_priority_max"}) == 1);
  less.answers.erase({Arch::x86_64, "sched_get_priority_max"});
  work.emit(less, "broken");
  check_alone(work.scratch.profilegen(Words{"verify", "broken", "--"} + command),
              "syscall sched_get_priority_max, answered EPERM, by own_filter");
}

TEST_CASE("A program that is told that it may not write is told of, and --fix opens that place") {
  const Refusing work({"-v", "/usr/share:/mine:ro"});
  (void)work.record({"write", "/refusals"});
  const Outcome outcome = work.verify({"profilegen-out", "--fix", "fixed"}, {"write", "/srv/many"});
  check_alone(outcome, "permission to write /srv/many, which access asked for, read-only file system, by refusals");
  CHECK(outcome.out == "write EROFS\n");
  const Outcome fixed = work.verify({"fixed"}, {"write", "/srv/many"});
  check_clean(fixed);
  CHECK(fixed.out == "write ok\n");
  check_clean(work.verify({"profilegen-out"}, {"write", "/mine", "write", "/sys", "write", "/proc/sys/kernel/ostype"}));
  const Refusing user({"--user", "1000"});
  (void)user.record({"write", "/refusals"});
  check_clean(user.verify({"profilegen-out"}, {"write", "/var/log/app.log"}));
}

TEST_CASE("A program that only asked whether it may write in the recording is not denied it") {
  const Refusing work;
  CHECK(work.record({"write", "/srv/many"}).asked == std::set<std::string>{"/srv/many"});
  const Outcome outcome = work.verify({"profilegen-out"}, {"write", "/srv/many"});
  check_clean(outcome);
  CHECK(outcome.out == "write EROFS\n");
}

TEST_CASE("Code on a tmpfs of the bundle is told of, however it is to run, and --fix lets it run") {
  const std::string prepare = "cp /bin/busybox /tmp/true && chmod 755 /tmp/true; ";
  const Words own{"-v", prog("refusals") + ":/refusals:ro", "--tmpfs", "/mine:noexec"};
  const Workload work(own, kPlaces, prepare + "/refusals write /tmp map /refusals protect /refusals run /refusals");
  const auto verified = [&](const std::string& bundle, const Words& fix, const std::string& script) {
    return work.scratch().profilegen(
        Words{"verify", bundle} + fix + Words{"--"} +
        docker_run(Words{"--rm", "--network", "none"} + own, kPlaces, {"sh", "-c", script}));
  };
  for (const auto& [word, reason] :
       {std::pair("map", "EPERM"), std::pair("protect", "EACCES"), std::pair("run", "EACCES")}) {
    const std::string script = prepare + "/refusals " + word + " /tmp/true";
    const Outcome outcome = verified("profilegen-out", {"--fix", "fixed"}, script);
    check_alone(outcome, "execution of /tmp/true, on a tmpfs without execution (noexec), by ");
    CHECK(outcome.out == std::string(word) + " " + reason + "\n");
    const Outcome fixed = verified("fixed", {}, script);
    check_clean(fixed);
    CHECK(fixed.out == std::string(word) + " ok\n");
  }
  const std::string users = "cp /bin/busybox /mine/true; chmod 755 /mine/true; /refusals map /mine/true run /mine/true";
  const Outcome other = verified("profilegen-out", {}, users);
  check_clean(other);
  CHECK(other.out == "map EPERM\nrun EACCES\n");
  check_clean(
      verified("profilegen-out", {}, "cp /bin/busybox /tmp/true; chmod 644 /tmp/true; /refusals run /tmp/true"));
}

TEST_CASE("What no-new-privileges keeps from a set-id program is told of, and --fix leaves the option out") {
  Refusing user({"--user", "1000"});
  const std::string program = user.scratch.path() + "/setid";
  fs::copy_file(prog("refusals"), program);
  REQUIRE(chmod(program.c_str(), 04755) == 0);
  user.options = user.options + Words{"-v", program + ":/setid:ro"};
  REQUIRE(user.record({"sleep", "-", "write", "/refusals"}).no_new_privileges);
  const auto verified = [&](const Words& options, const Words& bundle) {
    return user.scratch.profilegen(Words{"verify"} + bundle + Words{"--"} +
                                   docker_run(options, kPlaces, {"/setid", "sleep", "-"}));
  };
  check_alone(verified(user.options, {"profilegen-out", "--fix", "fixed"}),
              "what the set-id bits or capabilities of /setid give, no-new-privileges, by setid");
  check_clean(verified(user.options, {"fixed"}));
  std::erase(user.options, "--user");
  std::erase(user.options, "1000");
  check_clean(verified(user.options, {"profilegen-out"}));  // root gains nothing
}

TEST_CASE("A container that hangs is told of while it hangs: what was denied last, and where it waits") {
  Refusing work;
  Profile profile = work.record({"join", "-"});
  std::erase(work.options, "--rm");  // its status is asked for at the end
  REQUIRE(profile.calls.erase({Arch::x86_64, "exit"}) == 1);
  work.emit(profile, "broken");
  const Container hanging(work.scratch, "hanging");
  Background verify(work.scratch,
                    Words{PROFILEGEN, "verify", "broken", "--quiet-after", "5s", "--"} +
                        docker_run(work.options + Words{"--name", hanging.name()}, kPlaces, {"/refusals", "join", "-"}),
                    "verify.out");
  const auto said = [&] { return work.scratch.read("verify.out"); };
  CHECK(wait_until([&] { return count(said(), "profilegen: nothing new for ") == 1; }));
  INFO(said());
  CHECK(count(said(), "denied last: syscall exit, answered EPERM, by refusals") == 1);
  CHECK(count(said(), ") runs without a pause") == 1);
  CHECK(count(said(), "refusals waits in futex") == 1);
  (void)hanging.stop();
  CHECK(verify.wait() == 1);
  CHECK(count(said(), "profilegen: denied: syscall exit, answered EPERM, by refusals") == 1);
  CHECK(count(said(), "profilegen: while it ran, there was nothing new for ") == 1);
}
