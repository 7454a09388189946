// SPDX-License-Identifier: Apache-2.0
// Compares the policy with what Docker grants to a container without any options.
#include <fmt/format.h>

#include <algorithm>

#include "context.h"
#include "support/html.h"

namespace profilegen::report {

namespace {

/// How much of Docker's default is used; `beyond` is what the default refuses.
struct Bar {
  std::string_view title;
  size_t used = 0;
  size_t whole = 0;
  size_t beyond = 0;
  std::string text;
};

std::string html_bar(const Bar& bar) {
  const double most = static_cast<double>(std::max({bar.whole, bar.used + bar.beyond, size_t{1}}));
  const auto part = [&](std::string_view style, size_t count) {
    return fmt::format("<i class=\"{}\" style=\"width:{:.2f}%\"></i>", style, 100 * static_cast<double>(count) / most);
  };
  return fmt::format("<p class=\"bar\"><b>{}:</b> {}<span>{}{}{}</span></p>\n", bar.title, html_text(bar.text),
                     part("used", bar.used), part("beyond", bar.beyond),
                     part("whole", bar.whole > bar.used + bar.beyond ? bar.whole - bar.used - bar.beyond : 0));
}

Bar calls_bar(const Score& score) {
  const size_t beyond = score.calls_beyond.size();
  std::string text = fmt::format("{} of Docker's {}", score.calls - beyond, score.default_calls);
  if (beyond != 0) text += fmt::format(", and {} that Docker refuses", beyond);
  return {"System calls", score.calls - beyond, score.default_calls, beyond, text};
}

Bar capabilities_bar(const Score& score) {
  const size_t beyond = score.capabilities_beyond.size();
  std::string text = fmt::format("{} of Docker's {}", score.capabilities, score.default_capabilities);
  if (beyond != 0) text += fmt::format(", and {}", fmt::join(score.capabilities_beyond, " "));
  return {"Capabilities", score.capabilities, score.default_capabilities, beyond, text};
}

std::string writable_text(const Profile& profile) {
  if (!profile.read_only_root) return "everything, since the root can't be read-only: " + profile.root_reason;
  if (profile.holes.empty()) return "nothing but its own mounts, where Docker gives everything";
  std::string text;
  for (const auto& [path, hole] : profile.holes) text += (text.empty() ? "" : " ") + path;
  return text + ", where Docker gives everything";
}

std::string subjects(const Trace& trace) {
  std::vector<Row> rows;
  for (const auto& [id, run] : trace.runs) {
    const Subject& subject = run.subject;
    const std::string engine = subject.engine.empty() ? "process tree"
                                                      : subject.engine + " " + subject.engine_version + ", " +
                                                            subject.runtime + " " + subject.runtime_version;
    rows.push_back({{html_code(id)},
                    {html_text(subject.container_name)},
                    {html_text(subject.image)},
                    {html_code(fmt::format("{}", fmt::join(subject.command, " ")))},
                    {html_text(engine)},
                    {html_text(run.kernel)},
                    {fmt::format("{:.1f} s", static_cast<double>(run.duration) / 1e9), std::to_string(run.duration)}});
  }
  return "<details><summary>" + fmt::format("{} recorded {}", rows.size(), rows.size() == 1 ? "run" : "runs") +
         "</summary>\n" +
         html_table(
             "Recorded runs",
             {{"Run"}, {"Container"}, {"Image"}, {"Command"}, {"Engine and runtime"}, {"Kernel"}, {"Time", true}},
             rows) +
         "</details>\n";
}

std::string warnings(const Profile& profile) {
  std::string html;
  for (const std::string& reason : profile.incomplete)
    html += "<p class=\"warning\"><strong>Incomplete evidence:</strong> " + html_text(reason) + "</p>\n";
  const std::vector<std::string> notes = all_notes(profile);
  if (notes.empty()) return html;
  html += "<ul>\n";
  for (const std::string& note : notes) html += "<li>" + html_text(note) + "</li>\n";
  return html + "</ul>\n";
}

}  // namespace

std::string section_summary(const Context& context) {
  const Profile& profile = context.profile;
  std::string html = html_bar(calls_bar(context.score)) + html_bar(capabilities_bar(context.score));
  html +=
      "<p class=\"legend\"><span class=\"swatch used\"></span> this policy <span class=\"swatch whole\"></span> more "
      "by " +
      html_text(docker_default().engine) + "'s default</p>\n<dl>\n";
  const auto say = [&html](std::string_view what, const std::string& text) {
    html += fmt::format("<dt>{}</dt><dd>{}</dd>\n", what, html_text(text));
  };
  if (profile.container) {
    say("Writable", writable_text(profile));
    say("New privileges", profile.no_new_privileges ? "none: no set-id or file-capability program was executed"
                                                    : "possible: a set-id or file-capability program was executed");
    say("User", profile.as_root ? "root" : "not root");
    say("Runtime", runtimes_text(profile.runtimes));
  }
  html += "</dl>\n";
  return html + warnings(profile) + subjects(context.input.trace);
}

}  // namespace profilegen::report
