// SPDX-License-Identifier: Apache-2.0
#include "support/containers.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <sstream>

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

Container::~Container() { run_program({{"docker", "rm", "--force", "--volumes", name_}}); }

Outcome Container::exec(const Words& command) const { return scratch_.run(Words{"docker", "exec", name_} + command); }

std::string Container::inspect(const std::string& format) const {
  Outcome answer = scratch_.run({"docker", "inspect", "--format", format, name_});
  REQUIRE(answer.status == 0);
  while (!answer.out.empty() && answer.out.back() == '\n') answer.out.pop_back();
  return answer.out;
}
