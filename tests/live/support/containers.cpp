// SPDX-License-Identifier: Apache-2.0
#include "support/containers.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <sstream>

#include "support/background.h"

Words operator+(Words a, const Words& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Words bundle_flags(const Scratch& scratch, const std::string& bundle) {
  std::istringstream text(scratch.read(bundle + "/docker.flags"));
  Words flags;
  for (std::string word; text >> word;) flags.push_back(word);
  return flags;
}

Words docker_run(const Words& options, const std::string& image, const Words& command) {
  return Words{"docker", "run"} + options + Words{image} + command;
}

std::string unique_name(const std::string& base) {
  static int count = 0;
  return "profilegen-live-" + base + "-" + std::to_string(getpid()) + "-" + std::to_string(++count);
}

Container::Container(const Scratch& scratch, const Words& options, const std::string& image, const Words& command)
    : scratch_(scratch), name_(unique_name("container")) {
  const Outcome started = scratch.run(docker_run(Words{"-d", "--name", name_} + options, image, command));
  INFO(started.err);
  REQUIRE(started.status == 0);
}

Container::Container(const Scratch& scratch, const std::string& base) : scratch_(scratch), name_(unique_name(base)) {}

Container::~Container() { (void)scratch_.run({"docker", "rm", "--force", "--volumes", name_}); }

Outcome Container::exec(const Words& command) const { return scratch_.run(Words{"docker", "exec", name_} + command); }

std::string Container::inspect(const std::string& format) const {
  const Outcome answer = look(format);
  REQUIRE(answer.status == 0);
  return answer.out;
}

std::string Container::address() const {
  const Outcome answer = look("{{.NetworkSettings.IPAddress}}");
  return answer.status == 0 ? answer.out : "";
}

bool Container::has_ended() const { return look("{{.State.Status}}").out == "exited"; }

Outcome Container::look(const std::string& format) const {
  Outcome answer = scratch_.run({"docker", "inspect", "--format", format, name_});
  while (!answer.out.empty() && answer.out.back() == '\n') answer.out.pop_back();
  return answer;
}

bool Container::printed(const std::string& text) const {
  return wait_until([&] {
    const Outcome logs = scratch_.run({"docker", "logs", name_});
    return logs.out.find(text) != std::string::npos;
  });
}

int Container::stop() const {
  REQUIRE(scratch_.run({"docker", "stop", "--time", "20", name_}).status == 0);
  return std::stoi(inspect("{{.State.ExitCode}}"));
}

std::string until_stopped(const std::string& before) {
  return "trap 'exit 0' TERM; " + before + "; echo ready; sleep 600 & wait";
}
