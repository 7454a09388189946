// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/engine.h"

using namespace profilegen;

namespace {
constexpr std::string_view kInspect = R"([{
  "Id": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  "Name": "/web", "Image": "sha256:aa", "Path": "python3", "Args": ["-m", "http.server"],
  "State": {"Pid": 42},
  "Config": {"Image": "app:1", "User": "1000", "Labels": {"com.docker.compose.project": "shop"}},
  "HostConfig": {"Runtime": "runc", "SecurityOpt": ["no-new-privileges"], "ReadonlyRootfs": true,
                 "Tmpfs": {"/scratch": "size=1m"}},
  "GraphDriver": {"Data": {"LowerDir": "/l/init:/l/image"}},
  "Mounts": [{"Type": "bind", "Source": "/srv/data", "Destination": "/data", "RW": true},
             {"Type": "volume", "Name": "db", "Source": "/var/lib/x", "Destination": "/db", "RW": false}]
}])";
}

TEST_CASE("inspect tells who a container is") {
  const auto parsed = parse_inspect(kInspect, engines()[0]);
  REQUIRE(parsed);
  const ContainerInfo& info = parsed->at(0);
  CHECK(info.subject.container_name == "web");
  CHECK(info.subject.image == "app:1");
  CHECK(info.subject.user == "1000");
  CHECK(info.subject.runtime == "runc");
  CHECK(info.subject.no_new_privileges);
  CHECK(info.subject.command == std::vector<std::string>{"python3", "-m", "http.server"});
  CHECK(info.layers == std::vector<std::string>{"/l/init", "/l/image"});
  CHECK(info.labels.at("com.docker.compose.project") == "shop");
  CHECK(info.pid == 42);
}

TEST_CASE("a volume is named as its user names it, a bind by its host path") {
  const auto parsed = parse_inspect(kInspect, engines()[0]);
  REQUIRE(parsed);
  const auto& mounts = parsed->at(0).mounts;
  REQUIRE(mounts.size() == 3);
  CHECK(mounts[0].source == "/srv/data");
  CHECK_FALSE(mounts[0].read_only);
  CHECK(mounts[1].source == "db");
  CHECK(mounts[1].read_only);
  CHECK(mounts[2].type == "tmpfs");
  CHECK(mounts[2].destination == "/scratch");
}

TEST_CASE("an answer that is no list of containers is an error") {
  CHECK_FALSE(parse_inspect("", engines()[0]));
  CHECK_FALSE(parse_inspect("[]", engines()[0]));
  CHECK_FALSE(parse_inspect("{\"Id\": 1}", engines()[0]));
}

TEST_CASE("a bundle's config.json stands in for an engine that has forgotten the container") {
  const auto parsed = parse_bundle_config(
      R"({"process": {"args": ["/bin/app"], "noNewPrivileges": true, "user": {"uid": 7}}, "root": {"readonly": false},
          "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"},
                     {"destination": "/data", "type": "bind", "source": "/srv", "options": ["rbind", "ro"]},
                     {"destination": "/etc/hosts", "type": "bind", "source": "/var/lib/docker/containers/abc/hosts"}]})",
      "abc", engines()[0]);
  REQUIRE(parsed);
  CHECK(parsed->subject.user == "7");
  CHECK(parsed->subject.no_new_privileges);
  REQUIRE(parsed->mounts.size() == 1);
  CHECK(parsed->mounts[0].destination == "/data");
  CHECK(parsed->mounts[0].read_only);
}

TEST_CASE("containers are matched by name, id, its beginning, or image") {
  const Subject subject = parse_inspect(kInspect, engines()[0])->at(0).subject;
  CHECK(matches_container("w*", subject));
  CHECK(matches_container("0123456789ab", subject));
  CHECK(matches_container("app:*", subject));
  CHECK_FALSE(matches_container("app", subject));
  CHECK_FALSE(matches_container("0123", subject));
}
