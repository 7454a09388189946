// SPDX-License-Identifier: Apache-2.0
// A trace tells what each capability was used for.
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "profilegen/capabilities.h"
#include "support/background.h"

using namespace profilegen;

namespace {

const std::string kOthers = "echo x >others; chown 1000:1000 others; chmod 600 others";
const std::string kTheirs =
    "mkdir theirs closed; cp /bin/true closed/true; echo x >closed/in; ln -s closed/in link; chown 1000 theirs closed; "
    "chmod 700 closed";

/// Runs COMMAND in namespaces of its own after the preparation, and returns what was recorded of it.
Trace recorded(const Scratch& scratch, const std::string& preparation, Words command) {
  Words words{"unshare", "--net",    "--uts",  "--mount", "sh", "-ec", preparation + "; exec \"$@\"",
              "sh",      PROFILEGEN, "record", "--quiet", "--"};
  words.insert(words.end(), command.begin(), command.end());
  const Outcome outcome = scratch.run(words);
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return scratch.trace();
}

/// Each once, although several places in the kernel may ask about it.
std::vector<CapabilityObject> objects(const Trace& trace, const char* capability,
                                      CapVerdict verdict = CapVerdict::needed) {
  std::set<CapabilityObject> found;
  for (const auto& [key, fact] : trace.capabilities)
    if (capability_name(key.number) == capability && key.verdict == verdict)
      for (const auto& [object, first] : fact.objects) found.insert(object);
  return {found.begin(), found.end()};
}

bool belongs_to(const CapabilityObject& object, uint32_t mode, uint32_t owner) {
  return object.mode == mode && object.owner && object.owner->id == owner;
}

/// The one object of an act of `caps`, done by root.
CapabilityObject of_act(const Scratch& scratch, const char* act, const char* capability,
                        const std::string& preparation = ":") {
  INFO(act);
  const auto found = objects(recorded(scratch, preparation, {prog("caps"), act}), capability);
  REQUIRE(found.size() == 1);
  CHECK(found.front().user);
  CHECK(found.front().user->id == 0);
  return found.front();
}

}  // namespace

TEST_CASE("Of a file of another user its path, owner and mode are known, and what was wanted of it") {
  const Scratch scratch;
  const std::string file = scratch.path() + "/others";
  const CapabilityObject read = of_act(scratch, "read", "DAC_READ_SEARCH", kOthers);
  CHECK(read.kind == ObjectKind::READ);
  CHECK(read.name == file);
  CHECK(belongs_to(read, 0600, 1000));
  const CapabilityObject written = of_act(scratch, "write", "DAC_OVERRIDE", kOthers);
  CHECK(written.kind == ObjectKind::WRITE);
  CHECK(written.name == file);
  CHECK(belongs_to(written, 0600, 1000));
  const CapabilityObject opened = of_act(scratch, "fowner", "FOWNER", kOthers);
  CHECK(opened.kind == ObjectKind::CHMOD);
  CHECK(opened.name == file);
  CHECK(opened.numbers == std::vector<uint64_t>{0640});
  CHECK(opened.owner == read.owner);
  const CapabilityObject bit = of_act(scratch, "setgid-bit", "FSETID", "echo x >of-group; chgrp 1000 of-group");
  CHECK(bit.name == scratch.path() + "/of-group");
  CHECK(bit.numbers == std::vector<uint64_t>{02755});
}

TEST_CASE("What is on the way is blamed, not what is behind it") {
  const Scratch scratch;
  const auto closed_to = [&](const std::string& script) {
    const Trace trace = recorded(scratch, "rm -rf theirs closed link; " + kTheirs, {"sh", "-ec", script});
    auto found = objects(trace, "DAC_READ_SEARCH");
    const auto more = objects(trace, "DAC_OVERRIDE");
    found.insert(found.end(), more.begin(), more.end());
    INFO(script << " has " << found.size());
    REQUIRE_FALSE(found.empty());
    CHECK(std::ranges::all_of(found, [&](const auto& object) { return object == found.front(); }));
    return found.front();
  };
  for (const char* script :
       {"cat closed/in", "cat link", "exec closed/true", "test -e closed/in", "cd closed", "stat closed/in >stated"}) {
    const CapabilityObject closed = closed_to(script);
    INFO(script);
    CHECK(closed.kind == ObjectKind::SEARCH);
    CHECK(closed.name == scratch.path() + "/closed");
    CHECK(belongs_to(closed, 0700, 1000));
  }
  for (const char* script : {"echo x >theirs/new", "mkdir theirs/new", "mv link theirs/link"}) {
    const CapabilityObject directory = closed_to(script);
    INFO(script);
    CHECK(directory.kind == ObjectKind::WRITE);
    CHECK(directory.name == scratch.path() + "/theirs");
    CHECK(belongs_to(directory, 0755, 1000));
  }
}

TEST_CASE("New owners, ids, ports, sockets, devices, limits and priorities are known") {
  const Scratch scratch;
  const CapabilityObject given = of_act(scratch, "chown", "CHOWN");
  CHECK(given.kind == ObjectKind::CHOWN);
  CHECK(given.name == scratch.path() + "/caps-file");
  CHECK((given.to_user && given.to_user->id == 1000));
  CHECK((given.to_group && given.to_group->id == 1000));
  const CapabilityObject user = of_act(scratch, "setuid", "SETUID");
  CHECK(user.kind == ObjectKind::USER);
  CHECK((user.to_user && user.to_user->id == 1000));
  for (const char* act : {"setgid", "setgroups"}) {
    const CapabilityObject group = of_act(scratch, act, "SETGID");
    CHECK(group.kind == ObjectKind::GROUP);
    CHECK((group.to_group && group.to_group->id == 1000));
  }
  const CapabilityObject port = of_act(scratch, "bind80", "NET_BIND_SERVICE");
  CHECK(port.kind == ObjectKind::PORT);
  CHECK(port.numbers == std::vector<uint64_t>{AF_INET, 80});
  const CapabilityObject socket = of_act(scratch, "raw", "NET_RAW");
  CHECK(socket.kind == ObjectKind::SOCKET);
  CHECK(socket.numbers == std::vector<uint64_t>{AF_INET, SOCK_RAW, 1});
  const CapabilityObject device = of_act(scratch, "mknod", "MKNOD");
  CHECK(device.name == scratch.path() + "/caps-device");
  CHECK(device.numbers == std::vector<uint64_t>{S_IFCHR | 0600, 1, 3});
  const CapabilityObject jail = of_act(scratch, "chroot", "SYS_CHROOT");
  CHECK(jail.call == "chroot");
  CHECK(jail.name == scratch.path());
  CHECK(of_act(scratch, "nice", "SYS_NICE").numbers == std::vector<uint64_t>{0xffffffff});
  CHECK(of_act(scratch, "setfcap", "SETFCAP").name == scratch.path() + "/caps-file");
}

TEST_CASE("A signal to another user's process is told with the program and its user") {
  const Scratch scratch;
  const Background other(scratch, {"setpriv", "--reuid=1000", "--clear-groups", "sh", "-c", "echo up; exec sleep 60"},
                         "up");
  REQUIRE(wait_until([&] { return scratch.read("up") == "up\n"; }));
  const CapabilityObject signal = of_act(scratch, "kill", "KILL");
  CHECK(signal.kind == ObjectKind::SIGNAL);
  CHECK(signal.name == "sleep");
  CHECK((signal.owner && signal.owner->id == 1000));
  CHECK(signal.numbers == std::vector<uint64_t>{0});
}

TEST_CASE("What was refused for want of a capability is known as well") {
  const Scratch scratch;
  const Trace trace =
      recorded(scratch, kOthers,
               {"setpriv", "--bounding-set=-all", "--inh-caps=-all", "sh", "-c", "cat others; chown 5 others; true"});
  const auto read = objects(trace, "DAC_READ_SEARCH", CapVerdict::denied);
  REQUIRE(read.size() == 1);
  CHECK(read.front().kind == ObjectKind::READ);
  CHECK(read.front().name == scratch.path() + "/others");
  const auto given = objects(trace, "CHOWN", CapVerdict::denied);
  REQUIRE(given.size() == 1);
  CHECK(belongs_to(given.front(), 0600, 1000));
  CHECK((given.front().to_user && given.front().to_user->id == 5));
}

TEST_CASE("What needs no capability has no object, and of many the first are kept") {
  const Scratch scratch;
  const Trace none =
      recorded(scratch, ":", {"sh", "-ec", "echo x >a; mv a b; chmod 600 b; rm b; ls -la / /proc >/dev/null"});
  for (const auto& [key, fact] : none.capabilities) {
    INFO(capability_name(key.number) << " " << cap_verdict_name(key.verdict) << " " << key.call_site);
    CHECK((fact.objects.empty() || key.verdict == CapVerdict::denied));
  }
  const Trace many = recorded(scratch, "touch f1 f2 f3 f4 f5 f6 f7 f8 f9", {"sh", "-ec", "chown 1000 f?"});
  const auto found = objects(many, "CHOWN");
  REQUIRE(found.size() == kMostObjects);
  CHECK(std::ranges::any_of(found, [](const auto& object) { return object.name.ends_with("/f1"); }));
  CHECK(std::ranges::none_of(found, [](const auto& object) { return object.name.ends_with("/f9"); }));
}
