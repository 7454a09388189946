// SPDX-License-Identifier: Apache-2.0
#include "support/service.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <future>

#include "support/background.h"

namespace {

constexpr int kPort = 80;

std::string read_all(int connection) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t length = 0; (length = read(connection, buffer.data(), buffer.size())) > 0;)
    text.append(buffer.data(), static_cast<size_t>(length));
  return text;
}

bool greets(const std::string& address) {
  return http_get(address, kPort).find("hello from the image") != std::string::npos;
}

}  // namespace

std::string http_get(const std::string& address, int port) {
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(static_cast<uint16_t>(port));
  if (inet_pton(AF_INET, address.c_str(), &place.sin_addr) != 1) return "";
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval limit{5, 0};
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  const std::string request = "GET / HTTP/1.0\r\n\r\n";
  std::string answer;
  if (connect(connection, reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0 &&
      send(connection, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()))
    answer = read_all(connection);
  close(connection);
  return answer;
}

bool serves(const Container& service) {
  std::string address;
  bool up = false;
  const bool known = wait_until([&] {
    address = service.address();
    up = greets(address);
    return up || service.has_ended();
  });
  if (!known || !up) return false;
  std::array<std::future<bool>, 4> requests;
  for (auto& request : requests) request = std::async(std::launch::async, greets, address);
  bool all = true;
  for (auto& request : requests) all &= request.get();
  return all;
}

profilegen::Trace record_service(const Scratch& scratch, const Words& options) {
  const Container service(scratch, "service");
  Background recording(scratch, Words{PROFILEGEN, "record", "--"} +
                                    docker_run(Words{"--name", service.name()} + options, kServiceImage, {}));
  REQUIRE(serves(service));
  CHECK(service.stop() == 0);
  REQUIRE(recording.wait() == 0);
  return scratch.trace();
}

int serve_with(const Scratch& scratch, const Words& options) {
  const Container service(scratch, options, kServiceImage, {});
  return serves(service) ? service.stop() : -1;
}
