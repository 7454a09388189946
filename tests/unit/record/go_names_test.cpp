// SPDX-License-Identifier: Apache-2.0
#include "stacks/go_names.h"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

using namespace profilegen;

namespace {

struct Function {
  uint64_t begin;
  std::string name;
};

template <typename Number>
void append(std::string& bytes, Number number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

// A table as Go 1.16 (0xfffffffa), 1.18 (…f0) and 1.20 (…f1) write it for 64-bit programs. `end`: where the code ends.
std::string table_of(uint32_t form, uint64_t text, const std::vector<Function>& functions, uint64_t end) {
  const bool offsets = form != 0xfffffffa;
  const uint64_t word = offsets ? 4 : 8;
  std::string names;
  std::string list;
  std::string descriptions;
  const auto number = [&](std::string& to, uint64_t value) {
    offsets ? append(to, static_cast<uint32_t>(value)) : append(to, value);
  };
  for (const Function& function : functions) {
    number(list, function.begin - (offsets ? text : 0));
    number(list, (2 * functions.size() + 1) * word + descriptions.size());
    number(descriptions, function.begin - (offsets ? text : 0));
    append(descriptions, static_cast<uint32_t>(names.size()));
    names += function.name + '\0';
  }
  number(list, end - (offsets ? text : 0));
  std::string table;
  append(table, form);
  table += std::string("\0\0\x01\x08", 4);
  append(table, uint64_t{functions.size()});
  append(table, uint64_t{1});
  if (offsets) append(table, text);
  const uint64_t header = 8 + 8 * (offsets ? 8 : 7);
  for (int place = 0; place < 4; ++place) append(table, header);  // the names, and three parts that nobody reads
  append(table, header + names.size());
  return table + names + list + descriptions;
}

const std::vector<Function> kFunctions{{0x401000, "main.main"}, {0x401040, "main.(*T).open"}, {0x401100, "os.Mkdir"}};

}  // namespace

TEST_CASE("each form of the table names the function around an address") {
  for (const uint32_t form : {0xfffffffaU, 0xfffffff0U, 0xfffffff1U}) {
    CAPTURE(form);
    const std::string table = table_of(form, 0x401000, kFunctions, 0x401200);
    const auto names = GoNames::parse(table, 0);
    REQUIRE(names);
    const auto name_at = [&](uint64_t address) {
      const auto found = names->at(address);
      return found ? found->name : "";
    };
    CHECK(name_at(0x401000) == "main.main");
    CHECK(name_at(0x40103f) == "main.main");
    CHECK(name_at(0x401041) == "main.(*T).open");
    CHECK(names->at(0x401041)->begin == 0x401040);
    CHECK(name_at(0x4011ff) == "os.Mkdir");
    CHECK(name_at(0x401200).empty());
    CHECK(name_at(0x400fff).empty());
  }
}

TEST_CASE("a table that does not say where the code begins is told") {
  std::string table = table_of(0xfffffff1, 0x401000, kFunctions, 0x401200);
  table.replace(8 + 2 * 8, 8, 8, '\0');
  CHECK(GoNames::parse(table, 0x501000)->at(0x501040)->name == "main.(*T).open");
}

TEST_CASE("a table of another form, or cut, or of any bytes, names nothing that is not there") {
  const std::string table = table_of(0xfffffff1, 0x401000, kFunctions, 0x401200);
  CHECK_FALSE(GoNames::parse(table_of(0xfffffffb, 0x401000, kFunctions, 0x401200), 0));
  CHECK_FALSE(GoNames::parse("", 0));
  for (size_t length = 0; length < table.size(); ++length)
    if (const auto names = GoNames::parse(std::string_view(table).substr(0, length), 0)) (void)names->at(0x401041);
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string broken = table;
    for (int change = 0; change < 4; ++change) broken[8 + random() % (broken.size() - 8)] = static_cast<char>(random());
    if (const auto names = GoNames::parse(broken, 0))
      for (const uint64_t address : {uint64_t{0}, uint64_t{0x401041}, UINT64_MAX}) (void)names->at(address);
  }
  std::string odd = table;
  odd.replace(odd.find("main.main"), 4, "\x1b[2J");
  CHECK_FALSE(GoNames::parse(odd, 0)->at(0x401000));
}
