// SPDX-License-Identifier: Apache-2.0
#include "docs/manual.h"

#include <fmt/format.h>

namespace profilegen::cli::docs {

namespace {

/// Text as text: a backslash, a hyphen that could be broken or set as another sign, a dot or quote at a line's begin.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n'))
      out += std::string("\\&") + c;
    else
      out += c;
  }
  return out;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string head(std::string_view name, std::string_view version, std::string_view help) {
  return fmt::format(".TH {} 1 \"\" \"profilegen {}\" \"User Commands\"\n.SH NAME\n{} \\- {}\n", name, version,
                     roff(name), roff(help));
}

std::string synopsis(const CommandDoc& command) {
  std::string text = fmt::format(".SH SYNOPSIS\n{} [{}]", bold("profilegen " + command.name), italic("OPTION") + "...");
  for (const OptionDoc& positional : command.positionals) {
    std::string one = italic(positional.names.front()) + (positional.repeated ? "..." : "");
    if (positional.values == Values::command) one = bold("--") + " " + one;
    text += positional.required ? " " + one : " [" + one + "]";
  }
  return text + "\n";
}

std::string entry(const OptionDoc& option) {
  const bool positional = !option.names.front().starts_with('-');
  std::string names;
  for (const std::string& name : option.names)
    names += (names.empty() ? "" : ", ") + (positional ? italic(name) : bold(name));
  if (!positional && !option.value.empty())
    names += option.value_optional ? "[=" + italic(option.value) + "]" : " " + italic(option.value);
  std::string text = roff(option.text);
  if (!option.fallback.empty()) text += " (default: " + roff(option.fallback) + ")";
  if (!option.choices.empty()) {
    text += text.empty() ? "One of" : ": one of";
    for (const std::string& choice : option.choices) text += " " + bold(choice);
  }
  return fmt::format(".TP\n{}\n{}\n", names, text);
}

/// Indented lines are tables and stay as they are. The others are filled. An empty line starts a new paragraph.
std::string body(const std::string& text) {
  std::string out;
  bool table = false;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    const bool indented = line.starts_with("  ");
    if (indented != table) out += indented ? ".PP\n.nf\n" : ".fi\n.PP\n";
    table = indented;
    out += line.empty() ? ".PP\n" : roff(indented ? line.substr(2) : line) + "\n";
    at = end + 1;
  }
  return out + (table ? ".fi\n" : "");
}

/// A page's longer text: a line "# HEADING" begins a section.
std::string sections(std::string_view text) {
  std::string out;
  std::string lines;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (!line.starts_with("# ")) {
      lines += std::string(line) + "\n";
      continue;
    }
    out += body(lines) + ".SH " + roff(line.substr(2)) + "\n";
    lines.clear();
  }
  return out + body(lines);
}

std::string examples(const std::string& lines) {
  return lines.empty() ? "" : ".SH EXAMPLES\n.nf\n" + roff(lines) + ".fi\n";
}

std::string see_also(const std::vector<CommandDoc>& all, std::string_view but) {
  std::string text = but.empty() ? "" : ".BR profilegen (1)";
  for (const CommandDoc& command : all)
    if (command.name != but)
      text += fmt::format("{}.BR profilegen\\-{} (1)", text.empty() ? "" : ",\n", roff(command.name));
  return ".SH SEE ALSO\n" + text + "\n";
}

}  // namespace

std::string manual_of(const CommandDoc& command, const std::vector<CommandDoc>& all, std::string_view more,
                      std::string_view version) {
  std::string text = head("profilegen-" + command.name, version, command.help) + synopsis(command) +
                     ".SH DESCRIPTION\n" + (command.text.empty() ? roff(command.help) + "\n" : body(command.text)) +
                     ".SH OPTIONS\n";
  for (const OptionDoc& positional : command.positionals) text += entry(positional);
  for (const OptionDoc& option : command.options) text += entry(option);
  return text + sections(more) + examples(command.examples) + see_also(all, command.name);
}

std::string manual_of_all(std::string_view purpose, const std::vector<CommandDoc>& all, std::string_view more,
                          std::string_view version) {
  std::string text = head("profilegen", version, purpose) + ".SH SYNOPSIS\n" + bold("profilegen") + " " +
                     italic("COMMAND") + " [" + italic("OPTION") + "...]\n.SH COMMANDS\n";
  std::string first;
  for (const CommandDoc& command : all) {
    text += fmt::format(".TP\n{}\n{}\n", bold(command.name), roff(command.help));
    first += command.examples.substr(0, command.examples.find('\n') + 1);
  }
  return text + sections(more) + examples(first) + see_also(all, "");
}

}  // namespace profilegen::cli::docs
