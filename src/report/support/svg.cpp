// SPDX-License-Identifier: Apache-2.0
#include "support/svg.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/html.h"

namespace profilegen::report {

namespace {

constexpr double kTree = 720;    // width of the tree, which narrow screens leave out
constexpr double kChart = 360;   // width of a chart: a phone's, so that its text is not smaller there
constexpr double kLetter = 7.2;  // width in the page's 12 px monospace font, rounded up

std::string picture(std::string_view style, double width, double height, const std::string& label,
                    const std::string& content) {
  return fmt::format(
      "<svg class=\"{}\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\" preserveAspectRatio=\"xMinYMin "
      "meet\">\n{}</svg>\n",
      style, width, height, html_text(label), content);
}

std::string rectangle(double x, double y, double width, double height, std::string_view style,
                      const std::string& title) {
  return fmt::format(
      "<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"2\">"
      "<title>{}</title></rect>\n",
      style, x, y, width, height, html_text(title));
}

/// `anchor`: which part of the text lies at `x`.
std::string label_at(double x, double y, const std::string& text, std::string_view anchor = "start") {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n", x, y, anchor, html_text(text));
}

/// The part of the text that fits. Multi-byte characters are not cut.
std::string fitted(const std::string& text, double width) {
  const auto letters = static_cast<size_t>(std::max(0.0, width / kLetter));
  if (text.size() <= letters) return text;
  if (letters < 3) return "";
  size_t end = letters - 1;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end) + "\u2026";
}

constexpr double kRow = 24;
constexpr size_t kDeepest = 6;
constexpr double kNarrowest = 2;

struct Drawing {
  const Places& places;
  std::string content;
  size_t depth = 0;
};

void draw(const PathNode& node, double x, double width, size_t level, Drawing& drawing) {
  if (width < kNarrowest || level >= kDeepest) return;
  drawing.depth = std::max(drawing.depth, level + 1);
  const double y = kRow * static_cast<double>(level);
  const Place& place = drawing.places.of(node.path);
  drawing.content += rectangle(x, y, width - 1, kRow - 2, place.style,
                               fmt::format("{}: {} changed, {}", node.path, node.changed, place.label));
  const std::string name = fitted(level == 0 ? "/" : node.name, width - 8);
  if (!name.empty()) drawing.content += label_at(x + 4, y + 15, name);
  double at = x;
  for (const PathNode& child : node.children) {
    const double share =
        width * static_cast<double>(child.changed) / static_cast<double>(std::max(node.changed, size_t{1}));
    draw(child, at, share, level + 1, drawing);
    at += share;
  }
}

}  // namespace

std::string svg_curve(const std::string& title, const std::vector<double>& points,
                      const std::vector<std::string>& labels) {
  constexpr double kTop = 24;
  constexpr double kHeight = 120;
  constexpr double kMargin = 16;  // half of the last point's label
  constexpr size_t kMostLabels = 10;
  const double most = std::max(1.0, *std::ranges::max_element(points));
  const auto x_of = [&](size_t place) {
    return 4 + (kChart - 4 - kMargin) * static_cast<double>(place + 1) / static_cast<double>(points.size());
  };
  const auto y_of = [&](double value) { return kTop + kHeight - kHeight * value / most; };
  const size_t step = (points.size() + kMostLabels - 1) / kMostLabels;
  std::string line = fmt::format("{:.1f},{:.1f}", 4.0, y_of(0));
  std::string content = fmt::format("<path class=\"axis\" d=\"M4 {0} V{1} H{2}\"/>\n", kTop, kTop + kHeight, kChart);
  std::string dots;
  for (size_t place = 0; place < points.size(); ++place) {
    line += fmt::format(" {:.1f},{:.1f}", x_of(place), y_of(points[place]));
    dots +=
        fmt::format("<circle class=\"dot\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\"><title>{}: {:.1f}</title></circle>\n",
                    x_of(place), y_of(points[place]), html_text(labels[place]), points[place]);
    // Counted from the end, so that the last point has its label.
    if ((points.size() - 1 - place) % step == 0)
      dots += label_at(x_of(place), y_of(points[place]) - 8, fmt::format("{:.0f}", points[place]), "middle");
  }
  content += fmt::format("<polyline class=\"curve\" points=\"{}\"/>\n", line) + dots;
  content += label_at(4, kTop + kHeight + 16, "0");
  content += label_at(kChart, kTop + kHeight + 16, labels.back(), "end");
  return picture("chart", kChart, kTop + kHeight + 24, fmt::format("{}: {:.1f} at the end", title, points.back()),
                 content);
}

std::string svg_tree(const PathNode& root, const Places& places) {
  Drawing drawing{places, {}};
  draw(root, 0, kTree, 0, drawing);
  return picture("map", kTree, kRow * static_cast<double>(drawing.depth),
                 fmt::format("{} changed paths, from the root down; the list below has them all", root.changed),
                 drawing.content);
}

}  // namespace profilegen::report
