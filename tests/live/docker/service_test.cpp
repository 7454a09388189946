// SPDX-License-Identifier: Apache-2.0
// The main use with a real service: recorded while it answers requests, it also answers them under the emitted policy.
#include <catch2/catch.hpp>
#include <csignal>

#include "support/background.h"
#include "support/service.h"

using namespace profilegen;

namespace {

const Words kNever{"mount", "pivot_root", "setns", "unshare", "keyctl", "ptrace", "bpf"};

Words without_word(Words words, const std::string& word) {
  std::erase(words, word);
  return words;
}

}  // namespace

TEST_CASE("A service serves again under its own flags") {
  const Scratch scratch;
  const Trace trace = record_service(scratch);
  CHECK(only_run(trace).marks.empty());
  CHECK(only_run(trace).subject.seccomp_confined);
  const Profile profile = scratch.emit();
  CHECK(profile.capabilities == std::set<std::string>{"CHOWN"});
  CHECK(profile.calls.size() < 95);
  for (const std::string& name : kNever) CHECK(profile.calls.count({native_arch(), name}) == 0);

  const Words flags = bundle_flags(scratch);
  CHECK(serve_with(scratch, flags) == 0);
  SECTION("which holds nothing that it can do without") {
    CHECK(serve_with(scratch, without_word(flags, "--cap-add=CHOWN")) == -1);
    CHECK(serve_with(scratch, without_word(flags, "--volume=/var/lib/app")) == -1);
  }
  SECTION("and refuses what it did not do") {
    const auto under = [&](const Words& options, const Words& command) {
      return scratch.run(docker_run(Words{"--rm"} + flags + options, kServiceImage, command));
    };
    const Outcome etc = under({}, {"python3", "-c", "open('/etc/new', 'w')"});
    CHECK(etc.err.find("Read-only file system: '/etc/new'") != std::string::npos);
    const Outcome calls =
        under({"-v", prog("denied_call") + ":/denied_call:ro"}, {"/denied_call", "165", "101", "321", "250", "155"});
    CHECK(calls.out == "165 EPERM\n101 EPERM\n321 EPERM\n250 EPERM\n155 EPERM\n");
  }
}

TEST_CASE("Where low ports are privileged, a service on one needs NET_BIND_SERVICE") {
  const Scratch scratch;
  const Words sysctl{"--sysctl", "net.ipv4.ip_unprivileged_port_start=1024"};
  (void)record_service(scratch, sysctl);
  CHECK(scratch.emit().capabilities == std::set<std::string>{"CHOWN", "NET_BIND_SERVICE"});
  const Words flags = bundle_flags(scratch) + sysctl;
  CHECK(serve_with(scratch, flags) == 0);
  CHECK(serve_with(scratch, without_word(flags, "--cap-add=NET_BIND_SERVICE")) == -1);
}

TEST_CASE("A service is recorded by its name while tests use it") {
  const Scratch scratch;
  const Container service(scratch, "service");
  Background recording(scratch, {PROFILEGEN, "record", "--container", service.name(), "--", "sh", "-c",
                                 "touch ready; until [ -e done ]; do sleep 0.05; done; exit 7"});
  REQUIRE(wait_until([&] { return scratch.exists("ready"); }));
  REQUIRE(scratch.run(docker_run({"-d", "--name", service.name()}, kServiceImage, {})).status == 0);
  CHECK(serves(service));
  CHECK(service.stop() == 0);
  scratch.write("done", "");
  CHECK(recording.wait() == 7);

  const Trace trace = scratch.trace();
  CHECK(only_run(trace).subject.container_name == service.name());
  CHECK(only_run(trace).subject.image == kServiceImage);
  CHECK(only_run(trace).marks.empty());
  CHECK(scratch.emit().capabilities == std::set<std::string>{"CHOWN"});
  CHECK(serve_with(scratch, bundle_flags(scratch)) == 0);
}

TEST_CASE("SIGTERM is passed on to the client, and by it to the service") {
  const Scratch scratch;
  const Container service(scratch, "service");
  Background recording(scratch,
                       Words{PROFILEGEN, "record", "--"} + docker_run({"--name", service.name()}, kServiceImage, {}));
  REQUIRE(serves(service));
  recording.send(SIGTERM);
  CHECK(recording.wait() == 0);
  CHECK(only_run(scratch.trace()).marks.empty());
  (void)scratch.emit();
  CHECK(serve_with(scratch, bundle_flags(scratch)) == 0);
}
