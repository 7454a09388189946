// SPDX-License-Identifier: Apache-2.0
// Runs the examples in the help of record and verify with real containers, as they are written except for what a user
// must fill in: IMAGE, a process id and a time.
#include <catch2/catch.hpp>

#include "runner/examples.h"
#include "support/containers.h"

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  if (const size_t at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

void write_program(const Scratch& scratch, const std::string& name, const std::string& text) {
  scratch.write(name, text);
  REQUIRE(scratch.run({"chmod", "+x", name}).status == 0);
}

/// Starts what the example needs, and returns the line with names that exist.
std::string made_real(std::string line) {
  if (line.find("--check") != std::string::npos) {
    line = replaced(replaced(line, "profilegen-out", "service"), "'curl -fs localhost:8080'", "true");
    line = replaced(line, "-p 8080:80 IMAGE", "--stop-timeout 1 --name example-$$ profilegen-test/busybox sleep 100");
    return "profilegen record -o service.json -- docker run --rm profilegen-test/busybox sleep 1 && "
           "profilegen emit service.json -o service && { " +
           line + "; s=$?; docker rm -f example-$$; exit $s; }";
  }
  line = replaced(line, "IMAGE ./tests.sh", "profilegen-test/busybox true");
  line = replaced(line, "IMAGE", "profilegen-test/busybox");
  if (line.find("--all-containers") != std::string::npos)
    // It runs before, since on a busy machine the start of a container can take longer than the recording.
    return "c=$(docker run -d --rm profilegen-test/busybox sleep 120); " + replaced(line, "10m", "4s") +
           "; s=$?; docker kill $c; exit $s";
  if (line.find("4711") != std::string::npos) return "sleep 3 & " + replaced(line, "4711", "$!");
  return line;
}

}  // namespace

TEST_CASE("The examples of record and verify work") {
  const Scratch scratch;
  write_program(scratch, "integration-tests.sh",
                "#!/bin/sh\nexec docker run --rm --name web1 profilegen-test/busybox true\n");
  scratch.write("app.py", "print('hello')\n");
  for (const std::string command : {"record", "verify"}) {
    size_t run = 0;
    for (const std::string& line : examples_in(scratch.profilegen({command, "--help"}).out)) {
      CAPTURE(line);
      const Outcome outcome = scratch.run(shell_command(made_real(line)));
      CAPTURE(outcome.err);
      CHECK(outcome.status == 0);
      // The bundle and the filter that the examples of verify use.
      if (++run != 1 || command != "record") continue;
      REQUIRE(scratch.profilegen({"emit", "profilegen-trace.json"}).status == 0);
      scratch.write("seccomp.json", scratch.profilegen({"emit", "profilegen-trace.json", "--format", "seccomp"}).out);
    }
    CAPTURE(command);
    CHECK(run >= 3);
  }
  const std::string flags = "docker run $(cat profilegen-out/docker.flags) --rm profilegen-test/busybox true";
  CHECK(scratch.run(shell_command(flags)).status == 0);
}
