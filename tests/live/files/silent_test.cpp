// SPDX-License-Identifier: Apache-2.0
// A look-up that is never answered costs its own container some facts, and nobody else anything.
#include <catch2/catch.hpp>

#include <optional>

#include "support/background.h"
#include "support/workload.h"

namespace {

const std::string kPlaces = "profilegen-test/places";

/// A mounted file system that stops to answer, see progs/silent_fuse.c.
class SilentFuse {
 public:
  explicit SilentFuse(const Scratch& scratch)
      : scratch_(scratch),
        directory_(made(scratch)),
        server_(scratch, {PROFILEGEN_PROGS "/silent_fuse", directory_, kProgram}, "fuse.out") {
    REQUIRE(wait_until([this] { return scratch_.exists("fuse.out") && scratch_.read("fuse.out") == "mounted\n"; }));
  }
  SilentFuse(const SilentFuse&) = delete;
  SilentFuse& operator=(const SilentFuse&) = delete;
  ~SilentFuse() { CHECK(scratch_.run({"umount", "--lazy", "--force", directory_}).status == 0); }

  [[nodiscard]] Words option() const { return {"--volume", directory_ + ":/silent"}; }

 private:
  static std::string made(const Scratch& scratch) {
    REQUIRE(scratch.run({"mkdir", "silent"}).status == 0);
    return scratch.path() + "/silent";
  }

  static constexpr const char* kProgram = PROFILEGEN_PROGS "/double_fork";
  const Scratch& scratch_;
  std::string directory_;
  Background server_;
};

/// Records a script in a container with that file system, and returns the trace, which must be there while it is
/// silent. The kernel lets nobody go who waits for it before it is unmounted, not even with SIGKILL.
profilegen::Trace record_beside_silence(const std::string& script) {
  const Scratch scratch;
  std::optional<SilentFuse> silent(scratch);
  Background recorder(
      scratch, Words{PROFILEGEN, "record", "--"} +
                   docker_run(Words{"--rm", "--network", "none"} + silent->option(), kPlaces, {"sh", "-c", script}));
  REQUIRE(wait_until([&] { return scratch.exists("profilegen-trace.json"); }));
  silent.reset();
  CHECK(recorder.wait() == 0);
  auto trace = profilegen::load_trace(scratch.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  return std::move(*trace);
}

}  // namespace

TEST_CASE("A name on a file system that does not answer is lost, and what comes after it is recorded") {
  const auto trace = record_beside_silence("mkdir /silent/inside/made; mkdir /srv/empty/after");
  CHECK(only_run(trace).loss.contains("paths"));
  CHECK(writes(trace).contains("mkdir /srv/empty/after"));
}

TEST_CASE("A program on a file system that does not answer holds up nothing") {
  const auto trace = record_beside_silence("/silent/program; mkdir /srv/empty/after");
  CHECK(writes(trace).contains("mkdir /srv/empty/after"));
}
