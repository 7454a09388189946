// SPDX-License-Identifier: Apache-2.0
#include "profilegen/path_text.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

using namespace profilegen;

TEST_CASE("ordinary paths stay as they are") {
  for (const char* path : {"", "/", "/var/lib/app data", "/größe/数据/😀", "/a\nb\t\x01", "/tab\"quote"}) {
    CHECK(path_to_text(path) == path);
    CHECK(path_from_text(path) == path);
  }
}

TEST_CASE("a backslash is doubled") {
  CHECK(path_to_text("/a\\b") == "/a\\\\b");
  CHECK(path_to_text("/a\\x41") == "/a\\\\x41");
  CHECK(path_from_text("/a\\\\x41") == std::string("/a\\x41"));
}

TEST_CASE("bytes that are not UTF-8 are written in hexadecimal") {
  CHECK(path_to_text("/\xff") == "/\\xff");
  CHECK(path_to_text("/\xc3") == "/\\xc3");                             // cut off
  CHECK(path_to_text("/\xc0\xaf") == "/\\xc0\\xaf");                    // overlong '/'
  CHECK(path_to_text("/\xe0\x80\x80") == "/\\xe0\\x80\\x80");           // overlong
  CHECK(path_to_text("/\xed\xa0\x80") == "/\\xed\\xa0\\x80");           // surrogate
  CHECK(path_to_text("/\xf4\x90\x80\x80") == "/\\xf4\\x90\\x80\\x80");  // above U+10FFFF
  CHECK(path_to_text("/\xe4\xbd/") == "/\\xe4\\xbd/");
}

TEST_CASE("text that is never written is refused") {
  for (const char* text : {"\\", "/\\n", "/\\x", "/\\xf", "/\\xFF", "/\\xgg", "/\\x41", "/\\xc3\\xa4", "/\\\\\\"}) {
    INFO(text);
    CHECK_FALSE(path_from_text(text));
  }
}

TEST_CASE("random bytes survive, and JSON takes their text") {
  std::mt19937 random(20240501);
  const std::string alphabet("/a\\x\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\xff\x80\xed\xa0");
  for (int round = 0; round < 20000; ++round) {
    std::string path;
    for (size_t length = random() % 12; length > 0; --length) path += alphabet[random() % alphabet.size()];
    const std::string text = path_to_text(path);
    REQUIRE(path_from_text(text) == path);
    // nlohmann's dump() throws if the text is not valid UTF-8.
    REQUIRE_NOTHROW(nlohmann::json(text).dump());
  }
}
