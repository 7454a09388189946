// SPDX-License-Identifier: Apache-2.0
#include "files/file_sizes.h"

#include <catch2/catch.hpp>

using namespace profilegen;

TEST_CASE("Each file counts once in its directory, at its largest") {
  FileSizes sizes;
  CHECK(sizes.by_directory().empty());
  sizes.add("/tmp/a", 12);
  sizes.add("/tmp/a", 14);
  sizes.add("/tmp/a", 13);
  sizes.add("/tmp/b", 12);
  sizes.add("/srv/x/c", 20);
  CHECK(sizes.by_directory() == std::vector<DirectorySize>{{"/srv/x", 1 << 20}, {"/tmp", (1 << 14) + (1 << 12)}});
}

TEST_CASE("A file that claims more than there are numbers for is passed over") {
  FileSizes sizes;
  sizes.add("/tmp/sparse", 63);
  CHECK(sizes.by_directory().empty());
  sizes.add("/tmp/sparse", 62);
  CHECK(sizes.by_directory() == std::vector<DirectorySize>{{"/tmp", uint64_t{1} << 62}});
}
