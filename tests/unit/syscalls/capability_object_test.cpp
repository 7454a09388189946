// SPDX-License-Identifier: Apache-2.0
#include "profilegen/capability_object.h"

#include <sys/resource.h>
#include <sys/socket.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace profilegen;

namespace {

const Account kRoot{0, "root"};
const Account kData{33, "www-data"};

CapabilityObject log_file(ObjectKind kind) {
  return {.kind = kind, .name = "/var/log/x", .mode = 0640, .owner = kData, .group = Account{4, "adm"}, .user = kRoot};
}

CapabilityObject with_numbers(ObjectKind kind, std::vector<uint64_t> numbers) {
  CapabilityObject object{.kind = kind};
  object.numbers = std::move(numbers);
  return object;
}

}  // namespace

TEST_CASE("what a capability was used for is one line") {
  CHECK(object_text(log_file(ObjectKind::WRITE)) == "write of /var/log/x, 0640 www-data:adm, as root");
  CHECK(object_text(log_file(ObjectKind::READ)) == "read of /var/log/x, 0640 www-data:adm, as root");
  CHECK(object_text(log_file(ObjectKind::SEARCH)) == "search of /var/log/x, 0640 www-data:adm, as root");
  CHECK(object_text(log_file(ObjectKind::EXECUTE)) == "execution of /var/log/x, 0640 www-data:adm, as root");

  CapabilityObject given = log_file(ObjectKind::CHOWN);
  given.to_user = Account{70, ""};
  CHECK(object_text(given) == "chown of /var/log/x, 0640 www-data:adm, to 70, as root");
  given.to_group = Account{70, "postgres"};
  CHECK(object_text(given) == "chown of /var/log/x, 0640 www-data:adm, to 70:postgres, as root");
  given.to_user.reset();
  given.mode.reset();
  CHECK(object_text(given) == "chown of /var/log/x, to :postgres, as root");

  CapabilityObject opened = log_file(ObjectKind::CHMOD);
  opened.numbers = {02755};
  CHECK(object_text(opened) == "chmod of /var/log/x, 0640 www-data:adm, to 2755, as root");
  CapabilityObject jail = log_file(ObjectKind::FILE);
  jail.call = "chroot";
  jail.user = Account{1000, ""};
  CHECK(object_text(jail) == "chroot at /var/log/x, 0640 www-data:adm, as user 1000");
  CapabilityObject device = with_numbers(ObjectKind::MKNOD, {020600, 1, 3});
  device.name = "/dev/null2";
  CHECK(object_text(device) == "mknod of /dev/null2, device 1:3");
}

TEST_CASE("processes, ports, sockets, ids and limits are told by name") {
  CapabilityObject signal = with_numbers(ObjectKind::SIGNAL, {15});
  CHECK(object_text(signal) == "SIGTERM to a process that has ended");
  signal.name = "nginx";
  signal.owner = kData;
  CHECK(object_text(signal) == "SIGTERM to nginx of www-data");
  CHECK(object_text(with_numbers(ObjectKind::SIGNAL_GROUP, {9})) == "SIGKILL to several processes at once");
  CHECK(object_text(with_numbers(ObjectKind::SIGNAL_GROUP, {0})) == "signal 0 to several processes at once");
  CHECK(object_text(with_numbers(ObjectKind::PORT, {AF_INET, 80})) == "bind to port 80 of AF_INET");
  CHECK(object_text(with_numbers(ObjectKind::SOCKET, {AF_INET, SOCK_RAW, 1})) == "socket AF_INET SOCK_RAW icmp");
  CHECK(object_text(with_numbers(ObjectKind::SOCKET, {AF_PACKET, SOCK_RAW, 768})) ==
        "socket AF_PACKET SOCK_RAW protocol 768");
  CapabilityObject user{.kind = ObjectKind::USER, .to_user = kData, .user = kRoot};
  CHECK(object_text(user) == "change to user www-data, as root");
  CHECK(object_text({.kind = ObjectKind::GROUP, .to_group = Account{7, ""}}) == "change to group 7");
  CHECK(object_text({.kind = ObjectKind::GROUP}) == "change to no further groups");
  CHECK(object_text(with_numbers(ObjectKind::LIMIT, {RLIMIT_NOFILE, 1024, RLIM_INFINITY})) ==
        "RLIMIT_NOFILE to 1024, at most unlimited");
  CHECK(object_text(with_numbers(ObjectKind::PRIORITY, {0xfffffffb})) == "priority -5");
}

TEST_CASE("an object is written and read back, whatever its bytes") {
  CapabilityObject object = log_file(ObjectKind::CHOWN);
  object.name = "/a\xff\\b\n";
  object.to_user = kRoot;
  object.numbers = {UINT64_MAX, 0};
  for (const CapabilityObject& one : {object, CapabilityObject{}}) {
    const auto document = JsonDocument::parse(object_to_json(one).dump(), "o.json");
    REQUIRE(document);
    CHECK(object_from_json(document->root()) == one);
    CHECK_FALSE(document->error());
  }
}

TEST_CASE("mistakes in an object are named") {
  const auto error_with = [](const char* key, const nlohmann::ordered_json& value) {
    auto json = object_to_json(log_file(ObjectKind::WRITE));
    json[key] = value;
    const auto document = JsonDocument::parse(json.dump(), "o.json");
    REQUIRE(document);
    (void)object_from_json(document->root());
    return document->error() ? document->error()->line() : std::string();
  };
  CHECK(error_with("mode", "0640").empty());
  CHECK(error_with("mode", 416).find("o.json: mode: must be") == 0);
  CHECK(error_with("mode", "0888").find("o.json: mode: must be four octal digits") == 0);
  CHECK(error_with("kind", "wish").find("o.json: kind: is no kind of object") == 0);
  CHECK(error_with("owner", {{"id", 1}}).find("o.json: owner") == 0);
  CHECK(error_with("numbers", std::vector<int>(9, 1)).find("o.json: numbers[8]: is one more") == 0);
  CHECK(error_with("colour", "red").find("o.json: colour") == 0);
}
