// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/apparmor.h"

using namespace profilegen;

TEST_CASE("AppArmor's records: a file, with who and what was denied") {
  const auto denial = parse_apparmor_record(
      R"(audit(1795671309.093:4): apparmor="DENIED" operation="open" class="file" profile="profilegen-ad7e3385" )"
      R"(name="/etc/passwd" pid=603 comm="cat" requested_mask="wr" denied_mask="r" fsuid=0 ouid=0)");
  REQUIRE(denial);
  CHECK(*denial == AppArmorDenial{.profile = "profilegen-ad7e3385",
                                  .operation = "open",
                                  .name = "/etc/passwd",
                                  .mask = "r",
                                  .program = "cat",
                                  .pid = 603,
                                  .family = "",
                                  .type = "",
                                  .capability = ""});
}

TEST_CASE("AppArmor's records: a name with a blank is in hexadecimal") {
  const auto denial = parse_apparmor_record(
      R"(audit(1.0:1): apparmor="DENIED" operation="mknod" profile="p" name=2F746D702F6120FF pid=1 comm=6120 )"
      R"(requested_mask="c" denied_mask="c")");
  REQUIRE(denial);
  CHECK(denial->name == "/tmp/a \xff");
  CHECK(denial->program == "a ");
}

TEST_CASE("AppArmor's records: sockets and capabilities") {
  const auto socket = parse_apparmor_record(
      R"(audit(1.0:1): apparmor="DENIED" operation="create" profile="p" pid=1 comm="ping" family="inet" )"
      R"(sock_type="raw" protocol=1 requested_mask="create" denied_mask="create")");
  REQUIRE(socket);
  CHECK(socket->family == "inet");
  CHECK(socket->type == "raw");
  const auto capability = parse_apparmor_record(
      R"(audit(1.0:1): apparmor="DENIED" operation="capable" profile="p" pid=1 comm="chown" capability=0  )"
      R"(capname="chown")");
  REQUIRE(capability);
  CHECK(capability->capability == "chown");
  CHECK(capability->mask.empty());
}

TEST_CASE("What is no denial of AppArmor's is left alone, whatever it holds") {
  for (const char* text :
       {"", "apparmor", R"(audit(1.0:1): apparmor="STATUS" operation="profile_load" name="p")", R"( apparmor="DENIED)",
        R"(audit(1.0:1): apparmor="ALLOWED" operation="open" name="/x")", R"(audit(1.0:1): avc: denied)"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_apparmor_record(text));
  }
  const auto cut = parse_apparmor_record(R"(x: apparmor="DENIED" name="/cut)");
  REQUIRE(cut);
  CHECK(parse_apparmor_record(R"(x: apparmor="DENIED" pid=)")->pid == 0);
}
