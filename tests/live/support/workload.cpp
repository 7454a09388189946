// SPDX-License-Identifier: Apache-2.0
#include "support/workload.h"

#include <catch2/catch.hpp>

using namespace profilegen;

Workload::Workload(const Words& options, std::string image, const std::string& script)
    : options_(Words{"--rm", "--network", "none"} + options), image_(std::move(image)), script_(script) {
  const Outcome recorded =
      scratch_.profilegen(Words{"record", "--"} + docker_run(options_, image_, {"sh", "-c", script_}));
  INFO(recorded.err);
  REQUIRE(recorded.status == 0);
  out_ = recorded.out;
  auto trace = load_trace(scratch_.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  trace_ = std::move(*trace);
  REQUIRE(only_run(trace_).loss.empty());
  profile_ = scratch_.emit();
}

Outcome Workload::other(const std::string& script, const Words& more) const {
  return scratch_.run(docker_run(options_ + bundle_flags(scratch_) + more, image_, {"sh", "-c", script}));
}

std::string Workload::hole_flags() const {
  std::string flags;
  for (const std::string& flag : bundle_flags(scratch_))
    for (const char* kind : {"--read-only", "--tmpfs", "--volume"})
      if (flag.starts_with(kind)) flags += flag + "\n";
  return flags;
}

void check_passes(const Workload& work) {
  const Outcome again = work.again();
  INFO(again.err);
  CHECK(again.status == 0);
  CHECK(again.out == work.out());
}

void check_refused(const Workload& work, const std::string& path) {
  const Outcome elsewhere = work.other("echo x >'" + path + "'");
  INFO(path << ": " << elsewhere.err);
  CHECK(elsewhere.status != 0);
  CHECK(elsewhere.err.find("Read-only file system") != std::string::npos);
}
