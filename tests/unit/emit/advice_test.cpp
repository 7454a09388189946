// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "support/registry.h"

using namespace profilegen;

namespace {

Profile container() {
  Profile profile;
  profile.container = true;
  return profile;
}

std::string emitted(const Profile& profile) {
  const Result<std::string> text = emit_advice({profile, "out"});
  REQUIRE(text);
  return *text;
}

bool has(const Profile& profile, const std::string& line) {
  return ("\n" + emitted(profile)).find("\n" + line + "\n") != std::string::npos;
}

bool contains(const Profile& profile, const std::string& part) {
  return emitted(profile).find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("limits are flags with the peak that they come from") {
  Profile profile = container();
  CHECK_FALSE(contains(profile, "--memory"));
  profile.limits = {{"memory", 96 << 20}, {"tasks", 64}, {"descriptors", 256}};
  CHECK(has(profile, "--memory=96m"));
  CHECK(contains(profile, "the peak was at most 64 MiB"));
  CHECK(has(profile, "--pids-limit=64"));
  CHECK(contains(profile, "there were at most 32 processes"));
  CHECK(has(profile, "--ulimit=nofile=256:256"));
  CHECK(contains(profile, "no process had a descriptor above 127"));
}

TEST_CASE("memory has room for what each tmpfs of the policy may hold, and one without limit is named") {
  Profile profile = container();
  profile.limits = {{"memory", 96 << 20}};
  profile.holes["/tmp"] = {.size = 64 << 20};
  profile.holes["/run"] = {.size = 32 << 20, .directories = {{"/run/app", {}}}};
  profile.holes["/srv"] = {.kind = HoleKind::volume};
  CHECK(has(profile, "--memory=224m"));
  CHECK(contains(profile, "and 128 MiB that"));
  CHECK_FALSE(contains(profile, "has no limit"));
  profile.holes["/tmp"].size = 0;
  CHECK(has(profile, "--memory=160m"));
  CHECK(contains(profile, "the tmpfs /tmp has no limit"));
  profile.read_only_root = false;
  CHECK(has(profile, "--memory=96m"));
}

TEST_CASE("AppArmor is advised against programs in a volume, where none was executed") {
  Profile profile = container();
  profile.holes["/tmp"] = {};
  profile.holes["/srv/code"] = {.kind = HoleKind::volume, .exec = true};
  CHECK_FALSE(contains(profile, "AppArmor"));
  profile.holes["/srv/data"] = {.kind = HoleKind::volume};
  CHECK(contains(profile, "no program in /srv/data was executed"));
  CHECK_FALSE(contains(profile, "/srv/code was"));
}

TEST_CASE("no network is advised only where none is needed, and why") {
  Profile profile = container();
  CHECK(has(profile, "--network=none"));
  CHECK(contains(profile, "no socket was made"));
  profile.network = {{"unix", "stream"}, {"netlink", "raw"}};
  CHECK(has(profile, "--network=none"));
  CHECK(contains(profile, "only unix and netlink sockets were made"));
  profile.network.emplace("inet", "stream");
  CHECK(has(profile, "--network=none"));
  CHECK(contains(profile, "beyond the container's own loopback device"));
  profile.needs_network = true;
  CHECK_FALSE(contains(profile, "--network"));
}

TEST_CASE("no IPC is advised only where the program used none") {
  Profile profile = container();
  profile.calls[{Arch::x86_64, "shmget"}] = {NeededBy::runtime};
  CHECK(has(profile, "--ipc=none"));
  for (const char* name : {"shmget", "semop", "msgrcv", "mq_open"}) {
    Profile wider = profile;
    wider.calls[{Arch::x86_64, name}] = {NeededBy::app};
    CHECK_FALSE(contains(wider, "--ipc"));
  }
  for (const char* pattern : {"/dev/shm/x", "/dev/*", "/dev/mqueue/q", "/dev/{shm,null}"}) {
    Profile wider = profile;
    wider.files[pattern] = {"rw"};
    CHECK_FALSE(contains(wider, "--ipc"));
  }
}

TEST_CASE("devices are named but for those that each container has") {
  Profile profile = container();
  profile.files["/dev/fuse"] = {"rw"};
  profile.files["/dev/net/tun"] = {"r"};
  profile.files["/dev/null"] = {"rw"};
  profile.files["/dev/pts/0"] = {"rw"};
  profile.files["/dev/"] = {"r"};
  const std::string text = emitted(profile);
  CHECK(has(profile, "--device=/dev/fuse:/dev/fuse:rw"));
  CHECK(has(profile, "--device=/dev/net/tun:/dev/net/tun:r"));
  CHECK(text.find("--device=", text.find("--device=", text.find("--device=") + 1) + 1) == std::string::npos);
}

TEST_CASE("another user is advised to who was root and needed no capability of root's") {
  Profile profile = container();
  CHECK_FALSE(contains(profile, "--user"));
  profile.as_root = true;
  profile.capabilities = {"NET_BIND_SERVICE"};
  CHECK(has(profile, "--user=65532:65532"));
  CHECK_FALSE(contains(profile, "would have to own"));
  profile.restricted["/etc/key"] = {0600, 0, 7};
  profile.holes["/run"] = {HoleKind::tmpfs, 0755, 0, 0, false, ""};
  profile.holes["/tmp"] = {HoleKind::tmpfs, 01777, 0, 0, false, ""};
  profile.holes["/var/lib/app"] = {HoleKind::volume, 0750, 3, 4, false, ""};
  CHECK(has(profile, "      /etc/key (0600 0:7)"));
  CHECK(contains(profile, "the hole: --tmpfs=/run:rw,nosuid,nodev,noexec,mode=0755,uid=65532,gid=65532\n"));
  CHECK(has(profile, "      /var/lib/app (0750 3:4), writable"));
  CHECK_FALSE(contains(profile, "--tmpfs=/tmp"));
  profile.capabilities.insert("CHOWN");
  CHECK(has(profile, "no --user"));
  CHECK_FALSE(contains(profile, "--user=65532"));
}

TEST_CASE("a long list of owners ends with how many more there are") {
  Profile profile = container();
  profile.as_root = true;
  for (int file = 0; file < 25; ++file) profile.restricted["/etc/" + std::to_string(file)] = {0600, 0, 0};
  CHECK(contains(profile, "and 5 more: "));
}

TEST_CASE("what a hole holds says where it should lie") {
  Profile profile = container();
  profile.holes["/var/log"] = {};
  profile.files["/var/log/app.log"] = {"w"};
  profile.files["/var/log/read.pid"] = {"r"};
  profile.holes["/var/lib/app"] = {};
  profile.files["/var/lib/app/app.db"] = {"rw"};
  profile.files["/var/lib/app/app.sock"] = {"w"};
  CHECK(contains(profile, "/var/log\n    log files, such as /var/log/app.log: "));
  CHECK(contains(profile,
                 "databases, such as /var/lib/app/app.db: lost at every stop or restart; to keep them: "
                 "--volume=NAME:/var/lib/app\n"));
  CHECK(contains(profile, "unix sockets, such as /var/lib/app/app.sock: "));
  CHECK_FALSE(contains(profile, "pid files"));
  profile.holes["/var/lib/app"].kind = HoleKind::volume;
  CHECK(contains(profile,
                 "databases, such as /var/lib/app/app.db: lost when the container is removed; to keep them: "
                 "--volume=NAME:/var/lib/app\n"));
}

namespace {

Profile needing(const std::string& capability, CapabilityObject object) {
  Profile profile = container();
  profile.capabilities = {capability};
  profile.capability_objects[capability] = {std::move(object)};
  return profile;
}

}  // namespace

TEST_CASE("for a capability it is told what it was needed for, and how to do without") {
  CapabilityObject log{.kind = ObjectKind::WRITE, .name = "/var/log/x", .mode = 0640};
  log.owner = Account{33, "www-data"};
  log.group = Account{4, "adm"};
  log.user = Account{0, "root"};
  Profile profile = needing("DAC_OVERRIDE", log);
  CHECK(has(profile,
            "without CAP_DAC_OVERRIDE\n    it was needed for: write of /var/log/x, 0640 www-data:adm, as root\n"
            "      in the image: chown 0 /var/log/x, or start the program as its owner: --user=33:4"));
  profile.mounts["/var/log"] = {"/srv/logs", "bind", true, false};
  CHECK(contains(profile, "      on the machine, in /srv/logs: chown 0 /var/log/x"));
  profile.mounts.clear();
  profile.holes["/var/log"] = {.kind = HoleKind::volume};
  CHECK(contains(profile, "in the image: chown 0 /var/log/x"));
  profile.holes["/var/log"] = {};
  CHECK(contains(profile, "it is made anew at each start: have it made by the user who needs it, or start"));
  profile.capabilities.clear();
  CHECK_FALSE(contains(profile, "DAC_OVERRIDE"));
}

TEST_CASE("the way to do without depends on what the capability was needed for") {
  const auto advised = [](const char* capability, const CapabilityObject& object, const char* part) {
    INFO(emitted(needing(capability, object)));
    return contains(needing(capability, object), part);
  };
  const Account data{33, "www-data"};
  CHECK(advised("CHOWN", {.kind = ObjectKind::CHOWN, .name = "/d", .to_user = data, .to_group = data},
                "in the image: chown 33:33 /d"));
  CHECK(advised("NET_BIND_SERVICE", {.kind = ObjectKind::PORT, .numbers = {2, 80}}, "--publish=80:8080"));
  CHECK(advised("NET_RAW", {.kind = ObjectKind::SOCKET, .numbers = {2, 3, 1}}, "net.ipv4.ping_group_range"));
  CHECK_FALSE(advised("NET_RAW", {.kind = ObjectKind::SOCKET, .numbers = {17, 3, 3}}, "ping"));
  CHECK(advised("SETUID", {.kind = ObjectKind::USER, .to_user = data}, "--user=33"));
  CHECK(advised("SETGID", {.kind = ObjectKind::GROUP, .to_group = data}, "--group-add=33"));
  CHECK(advised("KILL", {.kind = ObjectKind::SIGNAL, .name = "nginx", .numbers = {15}}, "as one user"));
  CHECK(advised("MKNOD", {.kind = ObjectKind::MKNOD, .name = "/dev/x", .numbers = {0, 1, 3}}, "--device=/dev/x"));
  CHECK(advised("SYS_RESOURCE", {.kind = ObjectKind::LIMIT, .numbers = {7, 64, UINT64_MAX}}, "--ulimit=nofile=64:-1"));
  CHECK(advised("SYS_NICE", {.kind = ObjectKind::PRIORITY, .numbers = {0xfffffffb}}, "--ulimit=nice=25"));
}

TEST_CASE("no name in advice begins a new line") {
  CHECK_FALSE(contains(needing("CHOWN", {.kind = ObjectKind::CHOWN, .name = "/a\n--privileged"}), "\n--privileged"));
}
