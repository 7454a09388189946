// SPDX-License-Identifier: Apache-2.0
#include "runtimes.h"

#include <catch2/catch.hpp>

using namespace profilegen;

TEST_CASE("a runtime is read as it is written, whether it was recorded or asked for") {
  for (const char* text : {"runc", "runc 1.1.5", "runc 1.1.5+ds1", "runc>=1.1"})
    CHECK(runtime_text(runtime_from_text(text)) == text);
  CHECK(runtime_from_text("runc 1.1.5") == Runtime{"runc", "1.1.5", false});
  CHECK(runtime_from_text("runc>=1.1") == Runtime{"runc", "1.1", true});
  CHECK(runtime_from_text("crun") == Runtime{"crun", "", false});
}

TEST_CASE("several runtimes are one sorted text, and read from it again") {
  const std::set<Runtime> runtimes = {{"runc", "1.1", true}, {"runc", "1.1.5", false}, {"crun", "", false}};
  CHECK(runtimes_text(runtimes) == "crun, runc 1.1.5, runc>=1.1");
  CHECK(runtimes_from_text("crun, runc 1.1.5, runc>=1.1") == runtimes);
  CHECK(runtimes_text({}).empty());
  CHECK(runtimes_from_text("").empty());
}
