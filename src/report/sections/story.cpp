// SPDX-License-Identifier: Apache-2.0
// What a person must know who reads nothing else: how much less it may do than with Docker's default, whether that may
// be trusted, and the flags.
#include <fmt/format.h>

#include <algorithm>

#include "context.h"
#include "profilegen/explain.h"
#include "support/artifact.h"
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
  return fmt::format("<p class=\"bar\"><b>{}:</b> {}<span aria-hidden=\"true\">{}{}{}</span></p>\n", bar.title,
                     html_text(bar.text), part("used", bar.used), part("beyond", bar.beyond),
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

/// Places have no number in Docker's default, which has everything writable: so they are named.
std::string writable(const Profile& profile) {
  constexpr size_t most = 6;
  if (!profile.read_only_root)
    return "<p><b>Writable:</b> everything, since the root can't be read-only: " + html_text(profile.root_reason) +
           "</p>\n";
  if (profile.holes.empty())
    return "<p><b>Writable:</b> nothing but its own mounts; with Docker's default everything</p>\n";
  std::string html = fmt::format("<p><b>Writable:</b> {} {}; with Docker's default everything<br>",
                                 profile.holes.size(), profile.holes.size() == 1 ? "place" : "places");
  size_t told = 0;
  for (const auto& [path, hole] : profile.holes) {
    if (++told > most) break;
    html += fmt::format("<code class=\"badge {}\">{}</code> ", hole.kind == HoleKind::tmpfs ? "tmpfs" : "volume",
                        html_text(path));
  }
  if (profile.holes.size() > most)
    html += fmt::format("<a href=\"#writes\">and {} more</a>", profile.holes.size() - most);
  return html + "</p>\n";
}

bool has_hole(const Profile& profile, HoleKind kind) {
  return profile.read_only_root &&
         std::ranges::any_of(profile.holes, [kind](const auto& hole) { return hole.second.kind == kind; });
}

/// Each colour that is there.
std::string legend(const Context& context) {
  const Score& score = context.score;
  std::string html = "<p class=\"legend\">" + html_swatch("used", "this policy");
  if (!score.calls_beyond.empty() || !score.capabilities_beyond.empty())
    html += html_swatch("beyond", "this policy, refused by Docker's default");
  html += html_swatch("whole", "more by " + html_text(docker_default().engine) + "'s default");
  if (has_hole(context.profile, HoleKind::tmpfs)) html += html_swatch("tmpfs", "tmpfs: lost at every stop");
  if (has_hole(context.profile, HoleKind::volume)) html += html_swatch("volume", "volume: stays");
  return html + "</p>\n";
}

std::string coverage_clause(const Coverage& coverage) {
  if (coverage.runs < kLeastRuns || !coverage.unseen)
    return fmt::format("{} can't tell what others would need: record the tests some times more",
                       coverage.runs == 1 ? "one run" : fmt::format("{} runs", coverage.runs));
  return fmt::format("more runs like these {} would need about {:.0f} things more", coverage.runs, *coverage.unseen);
}

/// Whether the policy may be trusted, in one sentence.
std::string trust(const Context& context) {
  const std::vector<std::string>& reasons = context.profile.incomplete;
  if (!reasons.empty())
    return fmt::format(
        "<p class=\"warning\"><strong>Not to be trusted yet:</strong> the recording is incomplete: {}</p>\n",
        html_text(fmt::format("{}", fmt::join(reasons, "; "))));
  return "<p><strong>May it be trusted?</strong> Nothing was lost in the recording; " +
         coverage_clause(coverage_of(context.input.trace)) +
         "; and it is <a href=\"#next\">not verified yet</a>, as far as this page knows.</p>\n";
}

std::string flags(const Context& context) {
  if (!context.profile.container) return "";
  return "<p><b>Add these flags to your own command</b>, beside the files that <a href=\"#next\">emit "
         "writes</a>:</p>\n" +
         artifact(context, context.input.engine_client == "podman" ? "podman" : "docker", "flags");
}

}  // namespace

std::string section_story(const Context& context) {
  std::string html = html_bar(calls_bar(context.score)) + html_bar(capabilities_bar(context.score));
  if (context.profile.container) html += writable(context.profile);
  return html + legend(context) + trust(context) + flags(context);
}

}  // namespace profilegen::report
