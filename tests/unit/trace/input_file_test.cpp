// SPDX-License-Identifier: Apache-2.0
#include "profilegen/input_file.h"

#include <catch2/catch.hpp>

#include "temporary_directory.h"

using namespace profilegen;

TEST_CASE("a file is read whole, bytes included") {
  const TemporaryDirectory directory;
  const std::string text = std::string("a\0\xff\n", 4) + std::string(200000, 'x');
  write_plain(directory.file("in"), text);
  const auto read = read_input(directory.file("in"));
  REQUIRE(read);
  CHECK(*read == text);
}

TEST_CASE("what can't be read is said") {
  const TemporaryDirectory directory;
  const std::string missing = directory.file("missing.json");
  CHECK(read_input(missing).error().line() == missing + ": cannot be opened: No such file or directory");
  CHECK(read_input(directory.path().string()).error().line() ==
        directory.path().string() + ": is a directory, not a file");
  write_plain(directory.file("empty"), "");
  CHECK(read_input(directory.file("empty")).error().line() == directory.file("empty") + ": is empty");
}

TEST_CASE("standard input has a name") {
  CHECK(input_name("-") == "standard input");
  CHECK(input_name("t.json") == "t.json");
}
