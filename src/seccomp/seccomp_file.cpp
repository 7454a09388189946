// SPDX-License-Identifier: Apache-2.0
#include "seccomp_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string_view>

#include "errno_names.h"
#include "profilegen/json_reader.h"

namespace profilegen::seccomp {

namespace {

constexpr uint32_t kLargestErrno = 4095;  // MAX_ERRNO of the kernel
constexpr uint32_t kLastArgument = 5;
constexpr const char* kBaseKey = "baseProfileName";

struct ActionName {
  std::string_view name;
  SeccompAnswer answer;
};
constexpr std::array<ActionName, 9> kActions = {{
    {"SCMP_ACT_ALLOW", {SeccompAction::allow, 0}},
    {"SCMP_ACT_LOG", {SeccompAction::allow, 0}},
    {"SCMP_ACT_NOTIFY", {SeccompAction::supervised, 0}},
    {"SCMP_ACT_ERRNO", {SeccompAction::error, EPERM}},
    {"SCMP_ACT_TRACE", {SeccompAction::error, ENOSYS}},
    {"SCMP_ACT_KILL", {SeccompAction::kill, 0}},
    {"SCMP_ACT_KILL_THREAD", {SeccompAction::kill, 0}},
    {"SCMP_ACT_KILL_PROCESS", {SeccompAction::kill, 0}},
    {"SCMP_ACT_TRAP", {SeccompAction::kill, 0}},
}};

struct ComparisonName {
  std::string_view name;
  scmp_compare op;
};
constexpr std::array<ComparisonName, 7> kComparisons = {{
    {"SCMP_CMP_NE", SCMP_CMP_NE},
    {"SCMP_CMP_LT", SCMP_CMP_LT},
    {"SCMP_CMP_LE", SCMP_CMP_LE},
    {"SCMP_CMP_EQ", SCMP_CMP_EQ},
    {"SCMP_CMP_GE", SCMP_CMP_GE},
    {"SCMP_CMP_GT", SCMP_CMP_GT},
    {"SCMP_CMP_MASKED_EQ", SCMP_CMP_MASKED_EQ},
}};

/// A missing key and null mean the same, as in Go.
std::optional<JsonValue> member(JsonValue object, std::string_view key) {
  if (!object.has(key) || object.at(key).kind() == JsonKind::null) return std::nullopt;
  return object.at(key);
}

std::string text(JsonValue object, std::string_view key) {
  const auto found = member(object, key);
  return found ? found->string() : std::string();
}

void each(JsonValue object, std::string_view key, const std::function<void(JsonValue)>& read) {
  if (const auto found = member(object, key)) found->elements(read);
}

std::vector<std::string> texts(JsonValue object, std::string_view key) {
  std::vector<std::string> list;
  each(object, key, [&list](JsonValue element) { list.push_back(element.string()); });
  return list;
}

void expect_object(JsonValue value) {
  if (value.kind() != JsonKind::object) value.fail("must be an object");
}

/// How a file is read, and what there is to say about it.
struct Reading {
  std::optional<FilterReader> reader;
  Remarks remarks;
};

using Names = std::vector<std::string>;

struct AnswerKeys {
  std::string_view action, number, name;
};
constexpr AnswerKeys kOfRule = {"action", "errnoRet", "errno"};
constexpr AnswerKeys kOfFile = {"defaultAction", "defaultErrnoRet", "defaultErrno"};

bool takes_errno(std::string_view action) { return action == "SCMP_ACT_ERRNO" || action == "SCMP_ACT_TRACE"; }

void remark(Reading& reading, const std::string& about, const Names& names) {
  reading.remarks[about].insert(names.begin(), names.end());
}

/// The errno that is given by name, as containers-common has it: it wins over the number, and others don't know it.
uint32_t named_errno(JsonValue object, const AnswerKeys& keys, uint32_t number, const Names& names, Reading& reading) {
  if (reading.reader && reading.reader != FilterReader::containers_common) return number;
  const std::string given = text(object, keys.name);
  if (given.empty()) return number;
  const auto named = errno_of_text(given);
  if (named == number) return number;
  const std::string about = fmt::format("{} \"{}\"", keys.name, given);
  const std::string others = fmt::format("Docker and containerd answer {}", errno_name(number));
  if (named && *named <= kLargestErrno) {
    if (!reading.reader) remark(reading, about + ", which only Podman and CRI-O read: " + others, names);
    return *named;
  }
  if (reading.reader) object.at(keys.name).fail("is no errno that Podman and CRI-O know", "use its number");
  remark(reading, about + ", with which Podman and CRI-O refuse the file: " + others, names);
  return number;
}

SeccompAnswer answer(JsonValue object, const AnswerKeys& keys, const Names& names, Reading& reading) {
  const std::string name = object.at(keys.action).string();
  const auto* found =
      std::find_if(kActions.begin(), kActions.end(), [&name](const ActionName& known) { return known.name == name; });
  if (found == kActions.end()) {
    object.at(keys.action).fail("must be an action of seccomp, e.g. SCMP_ACT_ALLOW");
    return {};
  }
  SeccompAnswer answer = found->answer;
  const auto errnum = member(object, keys.number);
  const uint32_t given = errnum ? errnum->number32(kLargestErrno) : uint32_t{EPERM};
  if (!takes_errno(name)) return answer;
  const uint32_t chosen = named_errno(object, keys, given, names, reading);
  if (name == "SCMP_ACT_ERRNO") answer.errnum = chosen;  // for TRACE it is a message to the tracer
  return answer;
}

Condition condition(JsonValue rule, std::string_view key) {
  const auto found = member(rule, key);
  if (!found) return {};
  expect_object(*found);
  return {texts(*found, "arches"), texts(*found, "caps"), text(*found, "minKernel")};
}

uint64_t number_or_zero(JsonValue object, std::string_view key) {
  const auto found = member(object, key);
  return found ? found->number(UINT64_MAX) : 0;
}

Comparison comparison(JsonValue argument) {
  expect_object(argument);
  Comparison read;
  read.index = argument.at("index").number32(kLastArgument);
  read.value = number_or_zero(argument, "value");
  read.value_two = number_or_zero(argument, "valueTwo");
  const std::string name = argument.at("op").string();
  const auto* found = std::find_if(kComparisons.begin(), kComparisons.end(),
                                   [&name](const ComparisonName& known) { return known.name == name; });
  if (found == kComparisons.end())
    argument.at("op").fail("must be a comparison of seccomp, e.g. SCMP_CMP_EQ");
  else
    read.op = found->op;
  return read;
}

/// Docker's first files had one "name" for each rule instead of "names".
Names names(JsonValue rule, const Reading& reading) {
  Names list = texts(rule, "names");
  const std::string name = text(rule, "name");
  if (name.empty() || reading.reader == FilterReader::plain) {
    if (name.empty() && !member(rule, "names")) rule.fail("has no \"names\"");
    return list;
  }
  if (!list.empty()) rule.fail("has both \"name\" and \"names\"", "use either");
  return {name};
}

bool holds_always(const Condition& condition) { return condition == Condition(); }

/// Conditions that the reader does not know hold always.
void forget_unknown_conditions(Rule& rule, Reading& reading) {
  const bool has_kernel = !rule.includes.min_kernel.empty() || !rule.excludes.min_kernel.empty();
  if (reading.reader == FilterReader::plain && !(holds_always(rule.includes) && holds_always(rule.excludes))) {
    remark(reading, "has conditions that containerd and runtimes do not know, so that they always hold", rule.names);
    rule.includes = rule.excludes = {};
  }
  if (reading.reader == FilterReader::containers_common && has_kernel) {
    remark(reading, "has a minKernel, which Podman and CRI-O do not know, so that it always holds", rule.names);
    rule.includes.min_kernel = rule.excludes.min_kernel = "";
  }
}

/// `where`: which rule it is, for people.
Rule read_rule(JsonValue value, const std::string& where, Reading& reading) {
  expect_object(value);
  Rule rule;
  rule.names = names(value, reading);
  if (rule.names.empty()) reading.remarks[where + " names no call, so it does nothing: name calls, or remove it"];
  rule.answer = answer(value, kOfRule, rule.names, reading);
  rule.stray_errno = member(value, kOfRule.number) && !takes_errno(text(value, kOfRule.action));
  each(value, "args", [&rule](JsonValue argument) { rule.args.push_back(comparison(argument)); });
  rule.includes = condition(value, "includes");
  rule.excludes = condition(value, "excludes");
  forget_unknown_conditions(rule, reading);
  return rule;
}

ArchMapEntry read_arch_map_entry(JsonValue value) {
  expect_object(value);
  return {value.at("architecture").string(), texts(value, "subArchitectures")};
}

/// What the Security Profiles Operator's form has beside the filter.
void read_operators_keys(JsonValue root, Reading& reading) {
  const std::string base = text(root, kBaseKey);
  if (!base.empty())
    reading
        .remarks[fmt::format("the calls of its base profile \"{}\" are not in this file, so they are not counted: "
                             "give it, too (--base)",
                             base)];
  const auto disabled = member(root, "disabled");  // before version 1.0
  if (text(root, "state") == "Disabled" || (disabled && disabled->boolean()))
    reading.remarks["is disabled, so the operator does not install it"];
}

SeccompFile read_file(JsonValue root, Reading reading) {
  SeccompFile file;
  file.otherwise = answer(root, kOfFile, {}, reading);
  file.architectures = texts(root, "architectures");
  each(root, "archMap", [&file](JsonValue entry) { file.arch_map.push_back(read_arch_map_entry(entry)); });
  if (!file.architectures.empty() && !file.arch_map.empty()) {
    root.at("archMap").fail("must not be given together with \"architectures\"", "use either, as Docker demands");
  }
  if (reading.reader == FilterReader::plain) file.arch_map.clear();
  const bool may_be_joined = root.has(kBaseKey);  // then the rules' places are others than in the file
  each(root, "syscalls", [&](JsonValue rule) {
    const std::string place = fmt::format("syscalls[{}]", file.rules.size());
    file.rules.push_back(read_rule(rule, may_be_joined ? "a rule" : place, reading));
  });
  read_operators_keys(root, reading);
  file.remarks = std::move(reading.remarks);
  return file;
}

}  // namespace

Result<SeccompFile> parse_seccomp_file(std::string_view text, const std::string& object,
                                       std::optional<FilterReader> reader) {
  const auto document = JsonDocument::parse(text, object);
  if (!document) return document.error();
  SeccompFile file = read_file(document.value().root(), {reader, {}});
  if (document.value().error()) return *document.value().error();
  return file;
}

}  // namespace profilegen::seccomp
