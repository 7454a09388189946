// SPDX-License-Identifier: Apache-2.0
#include "profilegen/json_reader.h"

#include <catch2/catch.hpp>
#include <chrono>

using namespace profilegen;

namespace {

std::string parse_error(std::string_view text) {
  const auto document = JsonDocument::parse(text, "t.json");
  REQUIRE_FALSE(document);
  return document.error().line();
}

/// The error of reading `text` with `read`; empty if it succeeds.
template <typename Read>
std::string read_error(std::string_view text, Read read) {
  const auto document = JsonDocument::parse(text, "t.json");
  REQUIRE(document);
  read(document->root());
  return document->error() ? document->error()->line() : std::string();
}

std::string nested(size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

}  // namespace

TEST_CASE("what is not JSON is told with its line and column") {
  CHECK(parse_error("") == "t.json: is empty");
  CHECK(parse_error("hello") == "t.json: is not valid JSON (line 1, column 1)");
  CHECK(parse_error("{\"a\": 1,\n \"b\" 2}") == "t.json: is not valid JSON (line 2, column 6)");
  CHECK(parse_error("{} {}") == "t.json: is not valid JSON (line 1, column 4)");
  CHECK(parse_error("[1,]") == "t.json: is not valid JSON (line 1, column 4)");
  CHECK(parse_error("[1e999]") == "t.json: has a number that is out of range (line 1, column 6)");
  CHECK_THAT(parse_error(std::string_view("\x7f"
                                          "ELF\0\1",
                                          6)),
             Catch::StartsWith("t.json: is not valid JSON (line 1"));
  CHECK_THAT(parse_error("[\"\xff\"]"), Catch::StartsWith("t.json: is not valid JSON (line 1"));
}

TEST_CASE("a file that ends too early is told apart") {
  CHECK(parse_error("{\"a\": [1,\n2") == "t.json: is cut off: it ends inside of its JSON (line 2, column 2)");
  CHECK(parse_error("{\"a\": \"b") == "t.json: is cut off: it ends inside of its JSON (line 1, column 9)");
  CHECK(parse_error(" \n") == "t.json: is cut off: it ends inside of its JSON (line 2, column 1)");
}

TEST_CASE("so many values are the most, of which a list that is handed out piece by piece holds few") {
  std::string many = "{\"a\": [";
  for (size_t i = 0; i < 4'000'000; ++i) many += "0,";
  many += "0]}";
  CHECK(parse_error(many) == "t.json: has more than 4 000 000 values");
  size_t seen = 0;
  const auto document = JsonDocument::parse_lists(
      many, "t.json", [](JsonValue) { return true; }, [&](std::string_view, JsonValue) { ++seen; });
  REQUIRE(document);
  CHECK(seen == 4'000'001);
}

TEST_CASE("64 levels are the most") {
  CHECK(JsonDocument::parse(nested(64), "t.json"));
  CHECK(parse_error(nested(65)) == "t.json: is nested deeper than 64 levels");
  std::string objects;
  for (int level = 0; level < 65; ++level) objects += "{\"a\":";
  CHECK(parse_error(objects) == "t.json: is nested deeper than 64 levels");
}

TEST_CASE("100 000 levels are refused at once") {
  const auto start = std::chrono::steady_clock::now();
  CHECK(parse_error(std::string(100000, '[')) == "t.json: is nested deeper than 64 levels");
  CHECK(parse_error(nested(100000)) == "t.json: is nested deeper than 64 levels");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
}

TEST_CASE("a key that is given twice is a mistake, at any depth") {
  CHECK(parse_error("{\"a\": 1, \"a\": 1}") == "t.json: a: is given twice");
  CHECK(parse_error("{\"rows\": [{}, {\"x\": {\"k\": 1, \"k\": 2}}]}") == "t.json: rows[1].x.k: is given twice");
  CHECK(JsonDocument::parse("[{\"a\": 1}, {\"a\": 1}]", "t.json"));
}

TEST_CASE("fields are named by their path") {
  const char* text = "{\"rows\": [{\"nr\": 1}, {\"nr\": -1}], \"holes\": {\"/var/lib\": {\"mode\": true}}}";
  CHECK(read_error(text, [](JsonValue root) {
          root.at("rows").elements([](JsonValue row) { static_cast<void>(row.at("nr").number(9)); });
        }) == "t.json: rows[1].nr: must be a number from 0 to 9");
  CHECK(read_error(text, [](JsonValue root) {
          root.at("holes").members(
              [](const std::string&, JsonValue hole) { static_cast<void>(hole.at("mode").string()); });
        }) == "t.json: holes[\"/var/lib\"].mode: must be a string");
  CHECK(read_error("[]", [](JsonValue root) { static_cast<void>(root.at("a")); }) == "t.json: has no \"a\"");
}

TEST_CASE("an error is one short line whatever the keys are") {
  const std::string text = "{\"a\\nb\": 1, \"" + std::string(5000, 'k') + "\": 2}";
  CHECK(read_error(text, [](JsonValue root) { root.at("a\nb").fail("is wrong"); }) == "t.json: [\"a\\nb\"]: is wrong");
  const std::string line = read_error(text, [](JsonValue root) { root.keys({"a\nb"}); });
  CHECK(line.size() < 200);
  CHECK(line.find('\n') == std::string::npos);
}

TEST_CASE("numbers are taken only as they are") {
  const auto number = [](const char* text) {
    return read_error(text, [](JsonValue root) { static_cast<void>(root.number(UINT32_MAX)); });
  };
  for (const char* text : {"0", "4294967295"}) CHECK(number(text).empty());
  for (const char* text : {"4294967296", "-1", "1.0", "1e3", "18446744073709551616", "\"1\"", "true", "null", "[]"}) {
    INFO(text);
    CHECK(number(text) == "t.json: must be a number from 0 to 4294967295");
  }
  CHECK(
      read_error("18446744073709551615", [](JsonValue root) { CHECK(root.number(UINT64_MAX) == UINT64_MAX); }).empty());
  CHECK(read_error("0", [](JsonValue root) { static_cast<void>(root.number(9, 1)); }) ==
        "t.json: must be a number from 1 to 9");
}

TEST_CASE("types are not guessed") {
  CHECK(read_error("1", [](JsonValue root) { static_cast<void>(root.boolean()); }) == "t.json: must be true or false");
  CHECK(read_error("1", [](JsonValue root) { static_cast<void>(root.string()); }) == "t.json: must be a string");
  CHECK(read_error("{}", [](JsonValue root) { root.elements([](JsonValue) {}); }) == "t.json: must be an array");
  CHECK(read_error("[]", [](JsonValue root) { root.members([](const auto&, JsonValue) {}); }) ==
        "t.json: must be an object");
  CHECK(read_error("[]", [](JsonValue root) { root.keys({}); }) == "t.json: must be an object");
}

TEST_CASE("keys are all known and all there") {
  const char* text = "{\"a\": 1, \"b\": 2}";
  CHECK(read_error(text, [](JsonValue root) { root.keys({"a", "b"}); }).empty());
  CHECK(read_error(text, [](JsonValue root) { root.keys({"a"}, {"b", "c"}); }).empty());
  CHECK(read_error(text, [](JsonValue root) { root.keys({"a"}); }) ==
        "t.json: b: is not a key that this profilegen knows");
  CHECK(read_error(text, [](JsonValue root) { root.keys({"a", "b", "c"}); }) == "t.json: has no \"c\"");
}

TEST_CASE("the first mistake is kept, and nothing is read after it") {
  int seen = 0;
  CHECK(read_error("[1, 2, 3]", [&](JsonValue root) {
          root.elements([&](JsonValue element) {
            ++seen;
            element.fail("is wrong");
            element.fail("is wrong again");
          });
          CHECK(root.at("a").at("b").number32() == 0);
          CHECK(root.string().empty());
          root.elements([&](JsonValue) { ++seen; });
        }) == "t.json: [0]: is wrong");
  CHECK(seen == 1);
}

TEST_CASE("paths in JSON are bytes") {
  CHECK(read_error(R"("/a\\xff")", [](JsonValue root) { CHECK(root.path_text() == "/a\xff"); }).empty());
  CHECK_THAT(read_error(R"("/a\\q")", [](JsonValue root) { static_cast<void>(root.path_text()); }),
             Catch::StartsWith("t.json: must be text in which"));
}

TEST_CASE("the version comes first") {
  const auto version = [](const char* text) {
    const auto document = JsonDocument::parse(text, "t.json");
    REQUIRE(document);
    const bool right = document->check_version("profilegen_trace", "trace", 1);
    CHECK(right == !document->error().has_value());
    return right ? std::string() : document->error()->line();
  };
  CHECK(version("{\"profilegen_trace\": 1, \"other\": 2}").empty());
  CHECK(version("{\"profilegen_trace\": 7, \"new\": 2}") ==
        "t.json: is a trace of version 7, this profilegen reads version 1; update profilegen");
  CHECK(version("{\"profilegen_trace\": \"1\"}") == "t.json: profilegen_trace: must be a number from 0 to 4294967295");
  for (const char* text : {"{}", "[]", "1", "{\"profilegen_profile\": 1}"}) {
    CHECK(version(text) == "t.json: is not a trace of profilegen; a trace begins with \"profilegen_trace\"");
  }
}

TEST_CASE("kinds can be asked for") {
  const auto document = JsonDocument::parse(R"([null, true, 1, 1.5, "a", [], {}])", "t.json");
  REQUIRE(document);
  std::vector<JsonKind> kinds;
  document->root().elements([&](JsonValue value) { kinds.push_back(value.kind()); });
  CHECK(kinds == std::vector{JsonKind::null, JsonKind::boolean, JsonKind::number, JsonKind::number, JsonKind::string,
                             JsonKind::array, JsonKind::object});
}
