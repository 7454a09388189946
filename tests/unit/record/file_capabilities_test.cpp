// SPDX-License-Identifier: Apache-2.0
#include "files/file_capabilities.h"

#include <catch2/catch.hpp>
#include <cstdio>
#include <initializer_list>

#include "files/executable.h"

using namespace profilegen;

namespace {

// Little endian words, as in the attribute.
std::string attribute(std::initializer_list<uint32_t> words) {
  std::string text;
  for (const uint32_t word : words)
    for (const unsigned shift : {0U, 8U, 16U, 24U}) text += static_cast<char>(word >> shift & 0xff);
  return text;
}

constexpr uint32_t kEffective = 1;
constexpr uint32_t kVersion1 = 0x01000000;
constexpr uint32_t kVersion2 = 0x02000000;
constexpr uint32_t kVersion3 = 0x03000000;
constexpr uint32_t kRoot = 100000;  // of a container with a user namespace of its own

std::string interpreter_of(const std::string& text) {
  std::FILE* file = std::tmpfile();
  REQUIRE(file != nullptr);
  std::fwrite(text.data(), 1, text.size(), file);
  std::fflush(file);
  const std::string found = script_interpreter(fileno(file));
  std::fclose(file);
  return found;
}

}  // namespace

TEST_CASE("a file's capabilities are read from each version of the attribute") {
  const auto first = parse_file_capabilities(attribute({kVersion1 | kEffective, 1 << 14, 0}), 0);
  CHECK(first.permitted == 1 << 14);
  CHECK(first.demanded);
  const auto second = parse_file_capabilities(attribute({kVersion2 | kEffective, 1 << 10, 0, 1 << 7, 0}), kRoot);
  CHECK(second.permitted == (uint64_t{1} << 39 | 1 << 10));
  CHECK(second.demanded);
}

TEST_CASE("a file that only permits demands nothing, nor does one that only inherits") {
  const auto permits = parse_file_capabilities(attribute({kVersion2, 1 << 13, 0, 0, 0}), 0);
  CHECK(permits.permitted == 1 << 13);
  CHECK_FALSE(permits.demanded);
  CHECK(parse_file_capabilities(attribute({kVersion2 | kEffective, 0, 1 << 13, 0, 0}), 0).permitted == 0);
}

TEST_CASE("capabilities for one root count in its containers, those of the machine's root in all") {
  const auto permitted = [](uint32_t owner, uint32_t root) {
    return parse_file_capabilities(attribute({kVersion3 | kEffective, 1, 0, 0, 0, owner}), root).permitted;
  };
  CHECK(permitted(kRoot, kRoot) == 1);
  CHECK(permitted(kRoot, 0) == 0);
  CHECK(permitted(kRoot, 200000) == 0);
  CHECK(permitted(0, kRoot) == 1);
}

TEST_CASE("what the kernel does not take for capabilities is none") {
  for (const std::string& text :
       {std::string(), attribute({kVersion2 | kEffective}), attribute({kVersion2 | kEffective, 1, 0}),
        attribute({kVersion1 | kEffective, 1, 0, 0, 0}), attribute({0x04000001, 1, 0, 0, 0}),
        attribute({kVersion3 | kEffective, 1, 0, 0, 0, 0, 0})}) {
    CHECK(parse_file_capabilities(text, 0).permitted == 0);
    CHECK_FALSE(parse_file_capabilities(text, 0).demanded);
  }
  // Capabilities that no kernel has yet.
  CHECK(parse_file_capabilities(attribute({kVersion2 | kEffective, 0, 0, 1U << 31, 0}), 0).permitted == 0);
}

TEST_CASE("root outside is where the map begins with root inside") {
  CHECK(root_outside("         0          0 4294967295\n") == 0);
  CHECK(root_outside("         0     100000      65536\n") == kRoot);
  CHECK(root_outside("         1     200000      65535\n         0       1000          1\n") == 1000);
  CHECK(root_outside("") == 0);
}

TEST_CASE("a script names its interpreter in the first line") {
  CHECK(interpreter_of("#!/bin/sh\necho\n") == "/bin/sh");
  CHECK(interpreter_of("#! \t/usr/bin/env python3 -u\n") == "/usr/bin/env");
  CHECK(interpreter_of("#!/bin/sh") == "/bin/sh");
  CHECK(interpreter_of("#!\n/bin/sh\n").empty());
  CHECK(interpreter_of("\x7f"
                       "ELF")
            .empty());
  CHECK(interpreter_of("").empty());
}
