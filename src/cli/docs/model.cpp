// SPDX-License-Identifier: Apache-2.0
#include "docs/model.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace profilegen::cli::docs {

namespace {

constexpr std::string_view kOptional = "[=";  // in [=VALUE]

bool is_positional(const Option& option) { return !option.name.starts_with('-'); }

bool is_flag(const Option& option) {
  return std::holds_alternative<std::monostate>(option.into) || std::holds_alternative<bool*>(option.into);
}

bool is_repeated(const Option& option) { return std::holds_alternative<std::vector<std::string>*>(option.into); }

std::vector<std::string> names_of(const Option& option) {
  const size_t comma = option.name.find(',');
  if (comma == std::string::npos) return {option.name};
  return {option.name.substr(0, comma), option.name.substr(comma + 1)};
}

/// What is there before a command line is parsed.
std::string fallback_of(const Option& option) {
  return option.show_default ? *std::get<std::string*>(option.into) : std::string();
}

Values values_of(const OptionDoc& option) {
  if (!option.choices.empty()) return Values::words;
  const std::string& what = option.names.front().starts_with('-') ? option.value : option.names.front();
  constexpr std::array<std::string_view, 6> kFiles = {"FILE", "PATH", "TRACE", "INPUT", "OLD", "NEW"};
  if (what == "DIR" || what == "BUNDLE") return Values::directories;
  if (what == "COMMAND") return Values::command;
  return std::ranges::find(kFiles, what) == kFiles.end() ? Values::none : Values::files;
}

OptionDoc doc_of(const Option& option) {
  OptionDoc doc;
  doc.names = names_of(option);
  doc.choices = option.choices;
  doc.value_optional = option.value.starts_with(kOptional);
  doc.value = doc.value_optional ? option.value.substr(kOptional.size(), option.value.size() - kOptional.size() - 1)
                                 : option.value;
  if (doc.value.empty() && !is_flag(option)) doc.value = "TEXT";
  doc.text = option.text;
  doc.fallback = fallback_of(option);
  doc.required = option.required;
  doc.repeated = is_repeated(option);
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

std::vector<Option> options_of(const Subcommand& subcommand) {
  Console unused;
  std::vector<Option> options = {help_option(), version_option()};
  for (const auto& list : {console_options(unused), subcommand.command.options})
    std::ranges::copy_if(list, std::back_inserter(options), [](const Option& option) { return !option.hidden; });
  return options;
}

CommandDoc doc_of(const Subcommand& subcommand) {
  CommandDoc doc{subcommand.name, subcommand.help, {}, {}, "", ""};
  for (const Option& option : options_of(subcommand))
    (is_positional(option) ? doc.positionals : doc.options).push_back(doc_of(option));
  take_footer(subcommand.command.footer, doc);
  return doc;
}

}  // namespace

std::vector<CommandDoc> commands_of(const std::vector<Subcommand>& subcommands) {
  std::vector<CommandDoc> commands;
  for (const Subcommand& subcommand : subcommands) commands.push_back(doc_of(subcommand));
  return commands;
}

}  // namespace profilegen::cli::docs
