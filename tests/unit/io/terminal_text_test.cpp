// SPDX-License-Identifier: Apache-2.0
#include "profilegen/terminal_text.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "profilegen/json_text.h"
#include "profilegen/path_text.h"

using namespace profilegen;

TEST_CASE("Characters that drive a terminal, forge a line or turn the direction are shown as their bytes") {
  CHECK(terminal_text("/a\nb\x1b[2J\x7f") == "/a\\x0Ab\\x1B[2J\\x7F");
  CHECK(terminal_text("\xc2\x80 \xc2\x9b \xc2\xa0") == "\\xC2\\x80 \\xC2\\x9B \xc2\xa0");
  for (const char* mark : {"\u061c", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202b", "\u202c", "\u202d",
                           "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}) {
    INFO(mark);
    CHECK_FALSE(is_all_shown(mark));
    CHECK(terminal_text(mark).find(mark) == std::string::npos);
  }
  for (const char* plain :
       {"\u061b", "\u200d", "\u2027", "\u202f", "\u2065", "\u206a", "\xc3\xa9", "\xf0\x9f\x90\xb3", "\\"})
    CHECK(terminal_text(plain) == plain);
}

TEST_CASE("Bytes that are not UTF-8 are shown one by one, and what follows them is kept") {
  CHECK(terminal_text("\xff\xc3(\xe2\x82") == "\\xFF\\xC3(\\xE2\\x82");
  CHECK(terminal_text("\xe2\x82\xac\xe2") == "\xe2\x82\xac\\xE2");
  CHECK(terminal_text("\xed\xa0\x80") == "\\xED\\xA0\\x80");  // a surrogate
}

TEST_CASE("No order to a CI runner is left in any line") {
  CHECK(terminal_text("##[error]x") == "#\\x23[error]x");
  CHECK(terminal_text("a##vso[task]") == "a#\\x23vso[task]");
  CHECK(terminal_text(" ::error file=x::y") == " :\\x3Aerror file=x:\\x3Ay");
  CHECK(terminal_text(":::: ####") == ":\\x3A:\\x3A #\\x23#\\x23");
  CHECK(terminal_text("a:b #c :\xff:") == "a:b #c :\\xFF:");
}

TEST_CASE("A text is cut between characters") {
  CHECK(cut_text("a\xe2\x82\xac"
                 "b",
                 3) == "a");
  CHECK(cut_text("a\xe2\x82\xac"
                 "b",
                 4) == "a\xe2\x82\xac");
  CHECK(cut_text("abc", 9) == "abc");
}

TEST_CASE("JSON keeps its meaning, and has nothing that is not shown") {
  const nlohmann::json value = {{"a::b", "##[x]"}, {"c", "\x7f\xc2\x85\xe2\x80\xae\n\"\\:: #"}, {"d", {1, nullptr}}};
  const std::string text = plain_json(value.dump(2));
  CHECK(nlohmann::json::parse(text) == value);
  CHECK_FALSE(has_runner_order(text));
  CHECK(text.find("\\u202e") != std::string::npos);
  std::string lines = text;
  std::erase(lines, '\n');
  CHECK(is_all_shown(lines));
}
