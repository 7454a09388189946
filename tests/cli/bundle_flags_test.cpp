// SPDX-License-Identifier: Apache-2.0
// Bundles that somebody else may have written.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "scratch.h"

using Catch::Contains;

namespace {

const std::string kSame = "no difference in what is allowed\n";

/// A bundle "out", and "other", a copy of it.
struct Bundles {
  Scratch scratch;
  std::string flags;

  Bundles() {
    REQUIRE(scratch.profilegen({"emit", fixture("web.trace.json"), "-o", "out"}).status == 0);
    std::filesystem::copy(scratch.path().string() + "/out", scratch.path().string() + "/other");
    flags = scratch.read("out/docker.flags");
  }
  [[nodiscard]] Outcome verified(const std::string& bundle) const {
    return scratch.profilegen({"verify", bundle, "--fix", "fixed", "--", "docker", "run", "--rm", "image"});
  }
  [[nodiscard]] Outcome compared() const { return scratch.profilegen({"diff", "out", "other"}); }
};

}  // namespace

TEST_CASE("verify names what emit does not write into flags, with its line, and runs and writes nothing") {
  const Bundles bundles;
  bundles.scratch.write("other/docker.flags", bundles.flags + "--volume=/:/host\nimage sh\n");
  const Outcome outcome = bundles.verified("other");
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, Contains("other/docker.flags: has --volume=/:/host (line 7), image (line 8), sh (line 8), "
                                   "which emit does not write, so nothing was run"));
  CHECK_FALSE(bundles.scratch.exists("fixed"));
}

TEST_CASE("a link in a bundle is not followed: what it points to would be told") {
  const Bundles bundles;
  for (const char* file : {"docker.flags", "seccomp.json"}) {
    CAPTURE(file);
    const std::string path = bundles.scratch.path().string() + "/other/" + file;
    bundles.scratch.write("secret", "root:secret:0\n");
    std::filesystem::remove(path);
    std::filesystem::create_symlink(bundles.scratch.path().string() + "/secret", path);
    const Outcome outcome = bundles.verified("other");
    CHECK(outcome.status == 2);
    CHECK_THAT(outcome.err, Contains("is a link, and a bundle has files only"));
    CHECK_THAT(outcome.err, !Contains("root:secret"));
    CHECK(bundles.compared().status == 2);
    std::filesystem::remove(path);
    REQUIRE(mkfifo(path.c_str(), 0600) == 0);
    CHECK_THAT(bundles.verified("other").err, Contains("is not a regular file"));
    std::filesystem::remove(path);
    std::filesystem::copy(bundles.scratch.path().string() + "/out/" + file, path);
  }
}

TEST_CASE("diff tells flags that the profile does not explain, and no others") {
  const Bundles bundles;
  CHECK(bundles.compared().out == kSame);
  bundles.scratch.write("other/docker.flags", bundles.flags + "--volume=/:/host\n--cap-add=CHOWN\n");
  const Outcome wider = bundles.compared();
  CHECK(wider.status == 1);
  CHECK_THAT(wider.out,
             Contains("+ critical  flag          --volume=/:/host  (the profile does not explain this flag)"));
  CHECK_THAT(wider.out, Contains("+ medium    flag          --cap-add=CHOWN"));
  CHECK_THAT(wider.out, Contains("2 added (1 critical, 1 medium), 0 removed, 0 changed"));
  CHECK(bundles.scratch.profilegen({"diff", "other", "out"}).status == 0);
  CHECK(bundles.scratch.profilegen({"diff", "other", "other"}).out == kSame);
}

TEST_CASE("diff tells flags that are left out, if the container has more without them") {
  const Bundles bundles;
  bundles.scratch.write("other/docker.flags", "--security-opt=seccomp=out/seccomp.json\n--cap-drop=ALL\n");
  const Outcome outcome = bundles.compared();
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.out, Contains("+ high      flag          --read-only  (the profile has it"));
  CHECK_THAT(outcome.out, Contains("+ high      flag          --security-opt=no-new-privileges"));
  CHECK_THAT(outcome.out, Contains("2 added (2 high), 0 removed, 0 changed"));
}

TEST_CASE("diff compares the filter that lies in a bundle, not only its profile") {
  const Bundles bundles;
  const std::string filter = bundles.scratch.read("out/seccomp.json");
  const std::string first = "\"names\": [";
  const size_t at = filter.find(first);
  REQUIRE(at != std::string::npos);
  bundles.scratch.write("other/seccomp.json", std::string(filter).insert(at + first.size(), "\"bpf\", "));
  const Outcome outcome = bundles.compared();
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.out, Contains("syscall       bpf"));
}
