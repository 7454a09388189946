// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "context.h"
#include "profilegen/shell_word.h"
#include "support/artifact.h"
#include "support/html.h"

namespace profilegen::report {

std::string section_next(const Context& context) {
  const std::string client = shell_word(context.input.engine_client);  // a trace can name any
  std::string html =
      "<ol>\n<li><p>Write the policy:</p>\n" +
      html_copied("command that writes the policy", fmt::format("profilegen emit TRACE -o {}", kBundle)) + "</li>\n";
  if (!context.profile.container)
    return html + "<li><p>It was recorded from a process tree: use it as a service's settings:</p>\n" +
           html_copied("command that writes a drop-in for systemd", "profilegen emit TRACE --format systemd") +
           "</li>\n</ol>\n";
  html += "<li><p>Add <a href=\"#story\">its flags</a> to your own command.</p></li>\n";
  html += "<li><p>Prove it with the same tests:</p>\n" +
          html_copied("command that proves the policy",
                      fmt::format("sudo profilegen verify {} -- {} run --rm IMAGE", kBundle, client)) +
          "</li>\n<li><p>Keep it tight: compare each new recording with it in CI:</p>\n" +
          html_copied("command that compares", fmt::format("profilegen diff {}/profile.json TRACE", kBundle)) +
          "</li>\n</ol>\n";
  return html + "<details><summary>What else could be set</summary>\n" + artifact(context, "advice", "advice") +
         "</details>\n";
}

}  // namespace profilegen::report
