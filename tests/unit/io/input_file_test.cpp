// SPDX-License-Identifier: Apache-2.0
#include "profilegen/input_file.h"

#include <fcntl.h>
#include <unistd.h>

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
}

TEST_CASE("a file that can be no trace is not read into memory") {
  const TemporaryDirectory directory;
  write_plain(directory.file("huge"), "{");
  std::filesystem::resize_file(directory.file("huge"), (std::uintmax_t{1} << 30) + 1);
  CHECK(read_input(directory.file("huge")).error().line() == directory.file("huge") + ": is larger than 1 GiB");
}

TEST_CASE("a dash is standard input") {
  const TemporaryDirectory directory;
  write_plain(directory.file("in"), "piped");
  const int before = ::dup(STDIN_FILENO);
  const int file = ::open(directory.file("in").c_str(), O_RDONLY);
  REQUIRE(::dup2(file, STDIN_FILENO) == STDIN_FILENO);
  const auto read = read_input("-");
  const auto rest = read_input("-");
  ::dup2(before, STDIN_FILENO);
  ::close(before);
  ::close(file);
  REQUIRE(read);
  CHECK(*read == "piped");
  REQUIRE(rest);
  CHECK(rest->empty());
}

TEST_CASE("standard input has a name") {
  CHECK(input_name("-") == "standard input");
  CHECK(input_name("t.json") == "t.json");
}
