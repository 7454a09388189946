// SPDX-License-Identifier: Apache-2.0
// Docker frees low ports and ping sockets in a container's own network, other engines do not.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "engine_profile.h"
#include "profilegen/emitter.h"

using namespace profilegen;
using Catch::Contains;

namespace {

Profile on_port(uint32_t port) {
  Profile profile;
  profile.container = true;
  profile.runtimes = {runtime_from_text("runc 1.1.5")};
  profile.calls[{Arch::x86_64, "read"}] = {NeededBy::app};
  profile.lowest_ports[{"inet", "stream"}] = port;
  return profile;
}

std::string made(const char* format, const Profile& profile) {
  const auto text = find_emitter(format)->emit({profile, "profilegen-out"});
  REQUIRE(text);
  return *text;
}

void check_same(const Profile& profile, const Profile& plain, std::initializer_list<const char*> formats) {
  for (const char* format : formats) {
    INFO(format);
    CHECK(made(format, profile) == made(format, plain));
    CHECK(network_notes(format, profile).empty());
  }
}

constexpr auto kOthers = {"podman", "kubernetes", "oci", "systemd"};

}  // namespace

TEST_CASE("a service on a low port may bind it where Docker's setting is missing") {
  const Profile profile = on_port(80);
  CHECK_THAT(made("podman", profile), Contains("\n--sysctl=net.ipv4.ip_unprivileged_port_start=80\n"));
  CHECK_THAT(made("kubernetes", profile), Contains("name: net.ipv4.ip_unprivileged_port_start"));
  CHECK_THAT(made("kubernetes", profile), Contains("value: \"80\""));  // the field is a text
  const auto config = nlohmann::json::parse(made("oci", profile));
  CHECK(config["linux"]["sysctl"] == nlohmann::json{{"net.ipv4.ip_unprivileged_port_start", "80"}});
  CHECK_THAT(made("systemd", profile), Contains("CapabilityBoundingSet=CAP_NET_BIND_SERVICE\n"));
  for (const char* format : kOthers) CHECK(network_notes(format, profile).size() == 1);
}

TEST_CASE("a service that is not root's has the capability by itself") {
  Profile profile = on_port(80);
  CHECK_THAT(made("systemd", profile), Contains("AmbientCapabilities=CAP_NET_BIND_SERVICE\n"));
  profile.as_root = true;
  CHECK_THAT(made("systemd", profile), !Contains("AmbientCapabilities"));
}

TEST_CASE("nothing is added for Docker, for high ports, and where the capability is there") {
  const auto plain = [](Profile profile) {
    profile.lowest_ports.clear();
    return profile;
  };
  check_same(on_port(80), plain(on_port(80)), {"docker", "compose", "caps", "seccomp"});
  check_same(on_port(1024), plain(on_port(1024)), kOthers);
  Profile capable = on_port(80);
  capable.capabilities.insert("NET_BIND_SERVICE");
  check_same(capable, plain(capable), kOthers);
}

TEST_CASE("ping sockets are allowed where they can be, and told where a list of flags can't say it") {
  Profile profile = on_port(8080);
  profile.ping_sockets = true;
  const auto config = nlohmann::json::parse(made("oci", profile));
  CHECK(config["linux"]["sysctl"] == nlohmann::json{{"net.ipv4.ping_group_range", "0 2147483647"}});
  CHECK_THAT(made("kubernetes", profile), Contains("name: net.ipv4.ping_group_range"));
  CHECK_THAT(made("podman", profile), !Contains("sysctl"));
  CHECK_THAT(network_notes("podman", profile).at(0), Contains("--sysctl='net.ipv4.ping_group_range=0 2147483647'"));
  CHECK(network_notes("systemd", profile).size() == 1);
  profile.as_root = true;  // podman's own setting allows group 0
  CHECK(network_notes("podman", profile).empty());
}

TEST_CASE("the lowest ports are merged, written and read") {
  Profile both = merge_profiles(on_port(443), on_port(80));
  both.ping_sockets = true;
  CHECK(both.lowest_ports == on_port(80).lowest_ports);
  CHECK(*parse_profile(format_profile(both), "p.json") == both);
  CHECK_THAT(format_profile(both), Contains("\"lowest_ports\": {\n    \"inet stream\": 80\n  }"));
  CHECK_THAT(format_profile(Profile{}), !Contains("ports") && !Contains("ping"));
}
