// SPDX-License-Identifier: Apache-2.0
#include "seccomp_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string_view>

#include "profilegen/json_reader.h"

namespace profilegen::seccomp {

namespace {

constexpr uint32_t kLargestErrno = 4095;  // MAX_ERRNO of the kernel
constexpr uint32_t kLastArgument = 5;

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

SeccompAnswer answer(JsonValue object, std::string_view action_key, std::string_view errno_key) {
  const std::string name = object.at(action_key).string();
  const auto* found =
      std::find_if(kActions.begin(), kActions.end(), [&name](const ActionName& known) { return known.name == name; });
  if (found == kActions.end()) {
    object.at(action_key).fail("must be an action of seccomp, e.g. SCMP_ACT_ALLOW");
    return {};
  }
  SeccompAnswer answer = found->answer;
  const auto errnum = member(object, errno_key);
  const uint32_t given = errnum ? errnum->number32(kLargestErrno) : answer.errnum;
  if (name == "SCMP_ACT_ERRNO") answer.errnum = given;  // for TRACE it is a message to the tracer
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
std::vector<std::string> names(JsonValue rule) {
  std::vector<std::string> list = texts(rule, "names");
  const std::string name = text(rule, "name");
  if (name.empty()) {
    if (!member(rule, "names")) rule.fail("has no \"names\"");
    return list;
  }
  if (!list.empty()) rule.fail("has both \"name\" and \"names\"", "use either");
  return {name};
}

Rule read_rule(JsonValue value) {
  expect_object(value);
  Rule rule;
  rule.names = names(value);
  rule.answer = answer(value, "action", "errnoRet");
  const std::string action = text(value, "action");
  rule.stray_errno = member(value, "errnoRet") && action != "SCMP_ACT_ERRNO" && action != "SCMP_ACT_TRACE";
  each(value, "args", [&rule](JsonValue argument) { rule.args.push_back(comparison(argument)); });
  rule.includes = condition(value, "includes");
  rule.excludes = condition(value, "excludes");
  return rule;
}

ArchMapEntry read_arch_map_entry(JsonValue value) {
  expect_object(value);
  return {value.at("architecture").string(), texts(value, "subArchitectures")};
}

SeccompFile read_file(JsonValue root) {
  SeccompFile file;
  file.otherwise = answer(root, "defaultAction", "defaultErrnoRet");
  file.architectures = texts(root, "architectures");
  each(root, "archMap", [&file](JsonValue entry) { file.arch_map.push_back(read_arch_map_entry(entry)); });
  if (!file.architectures.empty() && !file.arch_map.empty()) {
    root.at("archMap").fail("must not be given together with \"architectures\"", "use either, as Docker demands");
  }
  each(root, "syscalls", [&file](JsonValue rule) { file.rules.push_back(read_rule(rule)); });
  return file;
}

}  // namespace

Result<SeccompFile> parse_seccomp_file(std::string_view text, const std::string& object) {
  const auto document = JsonDocument::parse(text, object);
  if (!document) return document.error();
  SeccompFile file = read_file(document.value().root());
  if (document.value().error()) return *document.value().error();
  return file;
}

}  // namespace profilegen::seccomp
