// SPDX-License-Identifier: Apache-2.0
// docker.flags as users apply it: expanded by a shell, in the directory in which emit ran.
#include <catch2/catch.hpp>

#include "support/workload.h"

namespace {

const std::string kPlaces = "profilegen-test/places";

Outcome shell(const Scratch& scratch, const std::string& line) { return scratch.run({"sh", "-c", line}); }

}  // namespace

TEST_CASE("docker run $(cat docker.flags) works as it is written, wherever the bundle lies") {
  const Workload work({}, kPlaces, "echo x >/tmp/file && echo x >/srv/empty/file && echo done");
  const auto run = [&](const std::string& flags, const std::string& script) {
    return shell(work.scratch(),
                 "docker run --rm --network none $(cat " + flags + ") " + kPlaces + " sh -c '" + script + "'");
  };
  const std::string same = "echo x >/tmp/file && echo x >/srv/empty/file && echo done";
  CHECK(run("profilegen-out/docker.flags", same).out == "done\n");

  REQUIRE(shell(work.scratch(), "mkdir -p other").status == 0);
  for (const std::string& directory : {std::string("other/dir"), std::string("other/with-slash/"),
                                       work.scratch().path() + "/absolute", std::string("./dot")}) {
    (void)work.scratch().emit({"-o", directory});
    INFO(directory);
    const Outcome again = run(directory + "/docker.flags", same);
    INFO(again.err);
    CHECK(again.out == "done\n");
    CHECK(run(directory + "/docker.flags", "echo x >/srv/file").err.find("Read-only file system") != std::string::npos);
  }
}

TEST_CASE("The user's own flags stand beside docker.flags, also where they name the same things") {
  const Workload work({"-v", "/tmp", "--tmpfs", "/run", "-w", "/srv/own", "-e", "NAME=value", "--hostname", "host"},
                      kPlaces, "echo x >/tmp/file && echo x >/run/file && echo x >file && echo $NAME && hostname");
  CHECK(work.hole_flags() == "--read-only\n--volume=/srv/own\n");
  CHECK(work.out() == "value\nhost\n");
  check_passes(work);
}
