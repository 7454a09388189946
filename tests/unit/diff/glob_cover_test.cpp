// SPDX-License-Identifier: Apache-2.0
#include "compare/glob_cover.h"

#include <catch2/catch.hpp>

using profilegen::diff::covers;

TEST_CASE("A pattern covers another when it matches all that the other does") {
  const struct {
    const char* wide;
    const char* narrow;
    bool expected;
  } cases[] = {
      {"/a", "/a", true},
      {"/a", "/b", false},
      {"/a*", "/a", true},
      {"/a*", "/ab", true},
      {"/a*", "/a/b", false},
      {"/a/**", "/a/b/c", true},
      {"/a/**", "/a/*/c", true},
      {"/a/*", "/a/**", false},
      {"/a/*/c", "/a/**/c", false},
      {"/a/?", "/a/b", true},
      {"/a/?", "/a//", false},
      {"/a/?", "/a/*", false},
      {"/a/[0-9]*", "/a/7up", true},
      {"/a/[0-9]*", "/a/[3-5]x", true},
      {"/a/[3-5]", "/a/[0-9]", false},
      {"/a/[^x]", "/a/y", true},
      {"/a/[^x]", "/a/x", false},
      {"/{a,b}/c", "/b/c", true},
      {"/{a,b}/c", "/c/c", false},
      {"/{a,b}/*", "/{b,a}/x", true},
      {"/a", "/{a,b}", false},
      {"/a/*.so*", "/a/lib*.so.[0-9]*", true},
      {"/a/\\*", "/a/x", false},
      {"/a/*", "/a/\\*", true},
      {"/a/\\052", "/a/\\*", true},
      {"/**", "/proc/[0-9]*/status", true},
      {"/{a", "/a", false},
  };
  for (const auto& [wide, narrow, expected] : cases) {
    CAPTURE(wide, narrow);
    CHECK(covers(wide, narrow) == expected);
  }
}
