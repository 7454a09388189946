// SPDX-License-Identifier: Apache-2.0
#include "docs/model.h"

#include <algorithm>
#include <array>

namespace profilegen::cli::docs {

namespace {

/// CLI11 tells the words that are allowed as part of the type: "NAME:{text,json}".
std::vector<std::string> choices_of(const std::string& type) {
  const size_t begin = type.find(":{");
  if (begin == std::string::npos || !type.ends_with('}')) return {};
  std::vector<std::string> choices;
  const std::string words = type.substr(begin + 2, type.size() - begin - 3);
  for (size_t at = 0; at <= words.size();) {
    const size_t end = std::min(words.find(',', at), words.size());
    choices.push_back(words.substr(at, end - at));
    at = end + 1;
  }
  return choices;
}

Values values_of(const OptionDoc& option) {
  if (!option.choices.empty()) return Values::words;
  const std::string& what = option.names.front().starts_with('-') ? option.value : option.names.front();
  constexpr std::array<std::string_view, 6> kFiles = {"FILE", "PATH", "TRACE", "INPUT", "OLD", "NEW"};
  if (what == "DIR" || what == "BUNDLE") return Values::directories;
  if (what == "COMMAND") return Values::command;
  return std::ranges::find(kFiles, what) == kFiles.end() ? Values::none : Values::files;
}

OptionDoc doc_of(const CLI::Option& option) {
  OptionDoc doc;
  const bool positional = option.get_positional();
  if (positional) doc.names.push_back(option.get_name(true));
  for (const std::string& name : option.get_snames()) doc.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) doc.names.push_back("--" + name);
  const std::string type = option.get_type_name();
  doc.choices = choices_of(type);
  doc.value = type.substr(0, type.find(':'));
  doc.value_optional = doc.value.starts_with("[=");
  if (doc.value_optional) doc.value = doc.value.substr(2, doc.value.size() - 3);
  doc.text = option.get_description();
  doc.fallback = option.get_default_str();
  doc.required = option.get_required();
  doc.repeated = option.get_expected_max() > 1;
  doc.values = values_of(doc);
  return doc;
}

void take_footer(const std::string& footer, CommandDoc& doc) {
  constexpr std::string_view kHeading = "\nExamples:\n";
  const size_t heading = footer.find(kHeading);
  doc.text = footer.substr(0, heading);
  if (heading == std::string::npos) return;
  for (size_t at = heading + kHeading.size(); at < footer.size();) {
    const size_t end = std::min(footer.find('\n', at), footer.size());
    const std::string line = footer.substr(at, end - at);
    if (const size_t begin = line.find_first_not_of(' '); begin != std::string::npos)
      doc.examples += line.substr(begin) + "\n";
    at = end + 1;
  }
}

}  // namespace

std::vector<CommandDoc> commands_of(const CLI::App& root) {
  std::vector<CommandDoc> commands;
  for (const CLI::App* sub : root.get_subcommands([](const CLI::App*) { return true; })) {
    CommandDoc doc{sub->get_name(), sub->get_description(), {}, {}, "", ""};
    for (const CLI::Option* option : sub->get_options()) {
      if (option->get_group().empty()) continue;  // not shown in --help either
      (option->get_positional() ? doc.positionals : doc.options).push_back(doc_of(*option));
    }
    take_footer(sub->get_footer(), doc);
    commands.push_back(std::move(doc));
  }
  return commands;
}

}  // namespace profilegen::cli::docs
