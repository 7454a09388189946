// SPDX-License-Identifier: Apache-2.0
// The ports that sockets were bound to are recorded, because Docker frees low ports and other engines don't.
#include <catch2/catch.hpp>

#include "support/containers.h"

using namespace profilegen;

namespace {

const std::string kBusybox = "profilegen-test/busybox";

Words mounted() { return {"--rm", "--network", "none", "-v", prog("ports") + ":/ports:ro"}; }

std::set<PortKey> ports_of(const Trace& trace) {
  std::set<PortKey> ports;
  for (const auto& [key, evidence] : trace.ports) ports.insert(key);
  return ports;
}

}  // namespace

TEST_CASE("The ports that were bound are recorded, of each kind of socket and through each table") {
  const Scratch scratch;
  const Trace trace = scratch.record(docker_run(
      mounted(), kBusybox, {"/ports", "tcp4:443", "tcp4:80", "udp6:53", "tcp6:65535", "i386:81", "tcp4:0", "ping4"}));
  CHECK(ports_of(trace) == std::set<PortKey>{{2, 1, 80}, {2, 1, 81}, {2, 1, 443}, {10, 1, 65535}, {10, 2, 53}});
  const Profile profile = scratch.emit();
  CHECK(profile.lowest_ports.at({"inet", "stream"}) == 80);
  CHECK(profile.ping_sockets);
  CHECK_FALSE(profile.capabilities.contains("NET_BIND_SERVICE"));
  const Outcome explained = scratch.profilegen({"explain", "profilegen-trace.json", "53"});
  CHECK(explained.out.find("port AF_INET6 SOCK_DGRAM 53: bound\n  first at ") == 0);
}

TEST_CASE("A port that could not be bound is none, and needs nothing") {
  const Scratch scratch;
  const Words closed = mounted() + Words{"--sysctl", "net.ipv4.ip_unprivileged_port_start=1024",
                                         "--sysctl", "net.ipv4.ping_group_range=1 0",
                                         "--user",   "1000"};
  CHECK(scratch.record(docker_run(closed, kBusybox, {"/ports", "tcp4:80"}), {}, 1).ports.empty());
  const Trace refused = scratch.record(docker_run(closed, kBusybox, {"/ports", "ping4"}), {}, 1);
  CHECK(refused.behaviours.empty());
}

TEST_CASE("Of very many ports the lowest are kept") {
  const Scratch scratch;
  Words many{"/ports"};
  for (int port = 3000; port > 2000; port -= 10) many.push_back("udp4:" + std::to_string(port));
  many.emplace_back("udp4:7");
  const auto ports = ports_of(scratch.record(docker_run(mounted(), kBusybox, many)));
  CHECK(ports.size() == kMostPorts);
  CHECK(ports.begin()->port == 7);
  CHECK(ports.rbegin()->port == 2010 + 10 * (kMostPorts - 2));
}
