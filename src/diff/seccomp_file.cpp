// SPDX-License-Identifier: Apache-2.0
#include "seccomp_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string_view>

#include "profilegen/json_reader.h"

namespace profilegen::diff {

namespace {

constexpr uint32_t kLargestErrno = 4095;  // MAX_ERRNO of the kernel
constexpr uint32_t kLastArgument = 5;

struct ActionName {
  std::string_view name;
  Deed deed;
};
constexpr std::array<ActionName, 9> kActions = {{
    {"SCMP_ACT_ALLOW", {Action::allow, 0}},
    {"SCMP_ACT_LOG", {Action::allow, 0}},
    {"SCMP_ACT_NOTIFY", {Action::supervised, 0}},
    {"SCMP_ACT_ERRNO", {Action::error, EPERM}},
    {"SCMP_ACT_TRACE", {Action::error, ENOSYS}},
    {"SCMP_ACT_KILL", {Action::kill, 0}},
    {"SCMP_ACT_KILL_THREAD", {Action::kill, 0}},
    {"SCMP_ACT_KILL_PROCESS", {Action::kill, 0}},
    {"SCMP_ACT_TRAP", {Action::kill, 0}},
}};

constexpr std::array<std::string_view, 7> kComparisons = {
    "SCMP_CMP_NE", "SCMP_CMP_LT", "SCMP_CMP_LE", "SCMP_CMP_EQ", "SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_MASKED_EQ"};

/// Absent and null are the same, as in Go.
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

Deed deed(JsonValue object, std::string_view action_key, std::string_view errno_key) {
  const std::string name = object.at(action_key).string();
  const auto* found =
      std::find_if(kActions.begin(), kActions.end(), [&name](const ActionName& known) { return known.name == name; });
  if (found == kActions.end()) {
    object.at(action_key).fail("must be an action of seccomp, e.g. SCMP_ACT_ALLOW");
    return {};
  }
  Deed deed = found->deed;
  const auto errnum = member(object, errno_key);
  const uint32_t given = errnum ? errnum->number32(kLargestErrno) : deed.errnum;
  if (name == "SCMP_ACT_ERRNO") deed.errnum = given;  // for TRACE it is a message to the tracer
  return deed;
}

Condition condition(JsonValue rule, std::string_view key) {
  const auto found = member(rule, key);
  if (!found) return {};
  expect_object(*found);
  return {texts(*found, "arches"), texts(*found, "caps"), text(*found, "minKernel")};
}

void check_argument(JsonValue argument) {
  expect_object(argument);
  static_cast<void>(argument.at("index").number(kLastArgument));
  const std::string comparison = argument.at("op").string();
  if (std::find(kComparisons.begin(), kComparisons.end(), comparison) == kComparisons.end()) {
    argument.at("op").fail("must be a comparison of seccomp, e.g. SCMP_CMP_EQ");
  }
}

/// Docker's first files had one "name" a rule.
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
  rule.deed = deed(value, "action", "errnoRet");
  each(value, "args", [&rule](JsonValue argument) {
    check_argument(argument);
    rule.has_args = true;
  });
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
  file.otherwise = deed(root, "defaultAction", "defaultErrnoRet");
  file.architectures = texts(root, "architectures");
  each(root, "archMap", [&file](JsonValue entry) { file.arch_map.push_back(read_arch_map_entry(entry)); });
  if (!file.architectures.empty() && !file.arch_map.empty()) {
    root.at("archMap").fail("stands beside \"architectures\"", "use either, as Docker demands");
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

}  // namespace profilegen::diff
