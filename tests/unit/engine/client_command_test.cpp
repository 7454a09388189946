// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/engine.h"

using profilegen::ClientCommand;
using profilegen::parse_client_command;
using Words = std::vector<std::string>;
using Kind = ClientCommand::Kind;

namespace {
ClientCommand parse(const Words& words) { return parse_client_command(words, "/srv/My App", ""); }

Words operator+(Words a, const Words& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}
}  // namespace

TEST_CASE("a program that is no engine's client is a process tree") {
  CHECK(parse({"ls", "run"}).kind == Kind::none);
  CHECK(parse({"docker"}).kind == Kind::none);
  CHECK(parse({"docker", "ps"}).kind == Kind::none);
  CHECK(parse({}).kind == Kind::none);
}

TEST_CASE("docker run is found behind global options, and its client is kept for later questions") {
  const auto parsed = parse({"/usr/bin/docker", "-H", "run", "--debug", "run", "--rm", "image"});
  CHECK(parsed.kind == Kind::run);
  CHECK(parsed.client == Words{"/usr/bin/docker", "-H", "run", "--debug"});
  CHECK(parsed.after_subcommand == 5);
  CHECK(parse({"docker", "container", "run", "image"}).after_subcommand == 3);
}

TEST_CASE("the clients of other engines have global options of their own") {
  const auto podman = parse({"podman", "--runtime", "crun", "--root=/r", "run", "--rm", "image"});
  CHECK(podman.kind == Kind::run);
  CHECK(podman.engine->name == "podman");
  CHECK(podman.client == Words{"podman", "--runtime", "crun", "--root=/r"});
  const auto nerdctl = parse({"nerdctl", "-n", "k8s.io", "exec", "web", "sh"});
  CHECK(nerdctl.engine->name == "nerdctl");
  CHECK(nerdctl.names == Words{"web"});
  CHECK(parse({"podman", "exec", "--preserve-fds", "1", "web", "sh"}).names == Words{"web"});
}

TEST_CASE("the user's own --cidfile is used") {
  CHECK(parse({"docker", "run", "--cidfile", "/tmp/id", "image"}).cidfile == "/tmp/id");
  CHECK(parse({"docker", "run", "--cidfile=/tmp/id", "image"}).cidfile == "/tmp/id");
}

TEST_CASE("whether run waits for the container's end, and removes it then, is read in all spellings") {
  const auto detached = [](const Words& options) {
    return parse(Words{"docker", "run"} + options + Words{"image", "-d", "--rm"}).detached;
  };
  for (const Words& options : {Words{"-d"}, {"--detach"}, {"--detach=true"}, {"-itd"}, {"-dp", "80:80"}, {"-d=1"}})
    CHECK(detached(options));
  for (const Words& options :
       {Words{}, {"--rm"}, {"--detach=false"}, {"-d=false"}, {"-e", "-d"}, {"-edata"}, {"-v/d:/d"}})
    CHECK_FALSE(detached(options));
  CHECK(parse({"docker", "run", "-d", "--rm", "image"}).removes);
  CHECK(parse({"podman", "run", "--rm=true", "image"}).removes);
  CHECK_FALSE(parse({"docker", "run", "--rm=false", "image"}).removes);
  CHECK_FALSE(parse({"docker", "run", "--rmi", "image", "--rm"}).removes);
}

TEST_CASE("compose restart is known with its project") {
  const auto parsed = parse({"docker", "compose", "-p", "shop", "restart", "web"});
  CHECK(parsed.kind == Kind::restart);
  CHECK(parsed.project == "shop");
  CHECK(parsed.names.empty());
}

TEST_CASE("--cidfile is an option of run only before the image: behind it stands the container's own command") {
  const auto cidfile = [](Words words) {
    words.insert(words.begin(), {"docker", "run"});
    return parse(words).cidfile;
  };
  CHECK(cidfile({"image", "program", "--cidfile", "/its/own"}).empty());
  CHECK(cidfile({"--rm", "-it", "image", "--cidfile=/its/own"}).empty());
  CHECK(cidfile({"--name", "web", "-p", "80:80", "image", "--cidfile", "/its/own"}).empty());
  CHECK(cidfile({"--", "image", "--cidfile", "/its/own"}).empty());
  CHECK(cidfile({"--env", "--cidfile", "image", "x"}).empty());
  CHECK(cidfile({"--memory=1g", "-v", "/a:/b", "-itv", "/c:/d", "-p80:80", "--rm", "--cidfile", "/tmp/id", "image"}) ==
        "/tmp/id");
  CHECK(cidfile({"--pids-limit", "-1", "--cidfile=/tmp/id", "image", "--cidfile=/its/own"}) == "/tmp/id");
  CHECK(cidfile({"--cidfile=/tmp/first", "--cidfile", "/tmp/id", "image"}) == "/tmp/id");
  CHECK(cidfile({"--cidfile"}).empty());
  CHECK(parse({"podman", "run", "--replace", "--rootfs", "--cidfile", "/tmp/id", "/tree"}).cidfile == "/tmp/id");
}

TEST_CASE("start, restart and exec name their containers") {
  CHECK(parse({"docker", "start", "-a", "one", "two"}).names == Words{"one", "two"});
  CHECK(parse({"docker", "restart", "-t", "5", "one", "two"}).names == Words{"one", "two"});
  CHECK(parse({"docker", "restart", "one"}).kind == Kind::restart);
  CHECK(parse({"docker", "exec", "-it", "-u", "root", "web", "sh", "-c", "x"}).names == Words{"web"});
}

TEST_CASE("a compose project is named by option, variable or directory, in this order") {
  CHECK(parse({"docker", "compose", "-p", "shop", "up", "-d"}).project == "shop");
  CHECK(parse({"docker-compose", "up"}).project == "myapp");
  CHECK(parse({"docker", "compose", "-f", "/srv/web-1/compose.yaml", "up"}).project == "web-1");
  CHECK(parse_client_command({"docker", "compose", "up"}, "/srv", "fromenv").project == "fromenv");
  CHECK(parse({"docker", "compose", "ps"}).kind == Kind::none);
}
