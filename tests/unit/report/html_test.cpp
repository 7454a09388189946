// SPDX-License-Identifier: Apache-2.0
#include "support/html.h"

#include <catch2/catch.hpp>

using namespace profilegen::report;

TEST_CASE("What a program called its files is text, never markup") {
  CHECK(html_text("<img src=x onerror=alert(1)>") == "&lt;img src=x onerror=alert(1)&gt;");
  CHECK(html_text("\"'&") == "&quot;&#39;&amp;");
  CHECK(html_text("</script>") == "&lt;/script&gt;");
}

TEST_CASE("Control characters and bytes that are no text are shown as what they are") {
  CHECK(html_text("a\x1b[31m\nb") == "a\\x1b[31m\\x0ab");
  CHECK(html_text("\xff") == "\\xff");
  CHECK(html_text("\xc2\x9b") == "\\xc2\\x9b");
  CHECK(html_text("a\\b") == "a\\b");
  CHECK(html_text("\u00e9\u65e5") == "\u00e9\u65e5");
}

TEST_CASE("A name that turns the direction of writing is shown as it is stored") {
  CHECK(html_text("a\u202egnp.exe") == "a\\xe2\\x80\\xaegnp.exe");
  CHECK(html_text("\u2066\u2069") == "\\xe2\\x81\\xa6\\xe2\\x81\\xa9");
}

TEST_CASE("A table tells its purpose, its headings and what it is sorted by") {
  const std::string html = html_table("Things", {{"Name"}, {"Time", true}}, {{{"a"}, {"1 s", "1000"}}});
  CHECK(html.find("<caption>Things</caption>") != std::string::npos);
  CHECK(html.find("<th scope=\"col\" role=\"columnheader\">Name</th>"
                  "<th scope=\"col\" role=\"columnheader\" class=\"number\">Time</th>") != std::string::npos);
  CHECK(html.find("<th scope=\"row\" role=\"rowheader\">a</th>"
                  "<td role=\"cell\" data-title=\"Time\" class=\"number\" data-key=\"1000\">1 s</td>") !=
        std::string::npos);
}
