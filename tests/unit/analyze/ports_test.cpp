// SPDX-License-Identifier: Apache-2.0
#include "evidence.h"

using namespace profilegen;

TEST_CASE("of each kind of socket the lowest port counts") {
  const Profile profile = TraceOf().port(2, 1, 443).port(2, 1, 80).port(10, 2, 53).profile();
  CHECK(profile.lowest_ports ==
        std::map<std::pair<std::string, std::string>, uint32_t>{{{"inet", "stream"}, 80}, {{"inet6", "dgram"}, 53}});
  CHECK_FALSE(profile.ping_sockets);
  CHECK(TraceOf().profile().lowest_ports.empty());
}

TEST_CASE("ping sockets are known") {
  CHECK(TraceOf().call("socket").behaviour(Behaviour::PING_SOCKET, "socket").profile().ping_sockets);
}
