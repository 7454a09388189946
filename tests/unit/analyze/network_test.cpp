// SPDX-License-Identifier: Apache-2.0
#include <sys/socket.h>

#include "evidence.h"
#include "rights/network_names.h"

using namespace profilegen;

TEST_CASE("sockets have AppArmor's words") {
  TraceOf trace;
  trace.socket(AF_INET, SOCK_STREAM).socket(AF_UNIX, SOCK_SEQPACKET).socket(AF_NETLINK, SOCK_RAW);
  trace.socket(AF_INET6, SOCK_DGRAM).socket(AF_PACKET, SOCK_PACKET);
  const std::set<std::pair<std::string, std::string>> expected = {
      {"inet", "stream"}, {"inet6", "dgram"}, {"netlink", "raw"}, {"packet", "packet"}, {"unix", "seqpacket"}};
  CHECK(trace.profile().network == expected);
}

TEST_CASE("the table of families is in step with the kernel's numbers") {
  CHECK(network_family_name(AF_KEY) == "key");
  CHECK(network_family_name(AF_ALG) == "alg");
  CHECK(network_family_name(AF_VSOCK) == "vsock");
  CHECK(network_family_name(AF_XDP) == "xdp");
}

TEST_CASE("what AppArmor has no word for is told, never written out") {
  TraceOf trace;
  trace.socket(12, SOCK_STREAM).socket(AF_INET, SOCK_DCCP).socket(999, 1);
  const Profile profile = trace.profile();
  CHECK(profile.network.empty());
  CHECK(has_line(profile.notes, "family 12 and type 1"));
  CHECK(has_line(profile.notes, "family 2 and type 6"));
  CHECK(has_line(profile.notes, "family 999 and type 1"));
}

TEST_CASE("no network is needed for sockets that stay in the container, and for any other it is") {
  const auto needs = [](TraceOf trace) { return trace.profile().needs_network; };
  TraceOf none;
  none.run().subject.own_network = true;
  CHECK_FALSE(needs(none));
  CHECK_FALSE(needs(TraceOf(none).socket(AF_UNIX, SOCK_STREAM).socket(AF_NETLINK, SOCK_RAW)));
  for (const uint32_t family : {AF_INET, AF_INET6, AF_PACKET, AF_VSOCK})
    CHECK(needs(TraceOf(none).socket(family, SOCK_DGRAM)));

  TraceOf local = none;
  local.socket(AF_INET, SOCK_STREAM).socket(AF_INET, SOCK_STREAM, SocketUse::loopback);
  CHECK_FALSE(needs(local));
  CHECK(needs(TraceOf(local).socket(AF_INET, SOCK_STREAM, SocketUse::beyond)));
  CHECK(needs(TraceOf(local).socket(AF_INET6, SOCK_STREAM)));
  CHECK(needs(TraceOf(local).socket(AF_VSOCK, SOCK_STREAM)));
  CHECK(needs(TraceOf(local).call("socketcall", Phase::app, Arch::x86)));
  TraceOf ring = local;
  ring.run().io_uring = true;
  CHECK(needs(ring));
  TraceOf shared = local;
  shared.run().subject.own_network = false;
  CHECK(needs(shared));
}
