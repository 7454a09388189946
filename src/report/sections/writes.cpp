// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>

#include "context.h"
#include "support/html.h"
#include "support/path_node.h"
#include "support/svg.h"

namespace profilegen::report {

namespace {

constexpr size_t kOpenAtFirst = 60;  // up to this many, every path is shown unfolded

std::string operations_text(const PathNode& node) {
  std::set<std::string_view> names;
  for (const FileOp op : node.operations) names.insert(file_op_name(op));
  std::string text;
  for (const std::string_view name : names) text += fmt::format("{}{}", text.empty() ? "" : ", ", name);
  if (const std::string& program = node.facts.front()->first.program; !program.empty()) text += " by " + program;
  return text;
}

std::string badge(const PathNode& node, const PathNode* above, const Places& places) {
  const Place& place = places.of(node.path);
  if (above != nullptr && places.of(above->path).path == place.path) return "";
  return fmt::format(" <span class=\"badge {}\">{}</span>", place.style, html_text(place.label));
}

void list(const PathNode& node, const PathNode* above, const Places& places, bool open, std::string& html) {
  const std::string name = html_text(above == nullptr ? "/" : node.name);
  const std::string done = node.operations.empty() ? "" : " <small>" + html_text(operations_text(node)) + "</small>";
  const std::string place = badge(node, above, places);
  if (node.children.empty()) {
    html += fmt::format("<li><code>{}</code>{}{}</li>\n", name, place, done);
    return;
  }
  html += fmt::format("<li><details{}><summary><code>{}{}</code>{} <b>{}</b>{}</summary>\n<ul>\n", open ? " open" : "",
                      name, above == nullptr ? "" : "/", place, node.changed, done);
  for (const PathNode& child : node.children) list(child, &node, places, open, html);
  html += "</ul></details></li>\n";
}

/// The colours that the picture has.
std::string legend(const Profile& profile) {
  std::string html = "<p class=\"legend\">";
  if (!profile.container) return html + html_swatch("other", "no container, and so no mounts of its own") + "</p>\n";
  html += profile.read_only_root
              ? html_swatch("closed", "read-only root") + html_swatch("tmpfs", "tmpfs: lost at every stop") +
                    html_swatch("volume", "volume: stays")
              : html_swatch("open", "writable root");
  return html + html_swatch("mount", "your own mount") + "</p>\n";
}

}  // namespace

std::string section_writes(const Context& context) {
  const PathNode root = changes_of(context.input.trace);
  if (root.changed == 0) return "<p>Nothing was changed.</p>\n";
  const Places places(context.profile);
  std::string html =
      "<figure class=\"wide\"><figcaption>The tree from the root down, as wide as there are changes</figcaption>\n" +
      svg_tree(root, places) + legend(context.profile) + "</figure>\n";
  html += fmt::format("<h3>Each changed path: {}</h3>\n<ul class=\"tree\">\n", root.changed);
  list(root, nullptr, places, root.changed <= kOpenAtFirst, html);
  return html + "</ul>\n";
}

}  // namespace profilegen::report
