// SPDX-License-Identifier: Apache-2.0
// A place from whose files code was run stays executable, and one where only data was written does not.
#include <catch2/catch.hpp>

#include "support/recorded.h"
#include "support/workload.h"

TEST_CASE("Code that is run from a file in /tmp, with or without a name, needs a tmpfs that is executable") {
  const std::string way = GENERATE("protect", "closure", "execute", "data");
  CAPTURE(way);
  const Workload work({"-v", prog("code_in_files") + ":/code_in_files:ro"}, "profilegen-test/places",
                      "/code_in_files " + way + " /tmp");
  CHECK(work.out() == "done\n");
  CHECK(work.hole_flags() == "--read-only\n--tmpfs=/tmp:rw,nosuid,nodev," +
                                 std::string(way == "data" ? "noexec" : "exec") + ",mode=1777,uid=0,gid=0,size=64m\n");
  check_passes(work);
}
