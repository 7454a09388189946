// SPDX-License-Identifier: Apache-2.0
#include "seccomp_file.h"

#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <string_view>

namespace profilegen::diff {

namespace {

using nlohmann::json;

constexpr uint32_t kLargestErrno = 4095;  // MAX_ERRNO of the kernel
constexpr uint64_t kLastArgument = 5;

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

/// Reads on after a mistake and keeps the first one: its functions then need not return it each.
class Reader {
 public:
  explicit Reader(const std::string& object) : object_(object) {}

  SeccompFile file(const json& root);
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  void fail(const std::string& field, const std::string& what) {
    if (!error_) error_ = Error{object_, "field \"" + field + "\" " + what};
  }
  /// Absent and null are the same, as in Go: nullptr.
  const json* member(const json& object, const std::string& path, const char* key, json::value_t type);
  std::string text(const json& object, const std::string& path, const char* key);
  std::vector<std::string> texts(const json& object, const std::string& path, const char* key);
  /// Calls `read(element, its path)` for each object of the array.
  template <typename Read>
  void each(const json& object, const std::string& path, const char* key, Read read);
  std::optional<uint64_t> number(const json& object, const std::string& path, const char* key);
  Deed deed(const json& object, const std::string& path, const char* action_key, const char* errno_key);
  Condition condition(const json& object, const std::string& path, const char* key);
  void argument(const json& object, const std::string& path);
  Rule rule(const json& object, const std::string& path);

  const std::string& object_;
  std::optional<Error> error_;
};

std::string join(const std::string& path, const char* key) { return path.empty() ? key : path + "." + key; }

std::string_view type_name(json::value_t type) {
  if (type == json::value_t::object) return "an object";
  if (type == json::value_t::array) return "an array";
  return type == json::value_t::string ? "a string" : "a whole number";
}

const json* Reader::member(const json& object, const std::string& path, const char* key, json::value_t type) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return nullptr;
  const bool fits = type == json::value_t::number_unsigned ? found->is_number_unsigned() : found->type() == type;
  if (fits) return &*found;
  fail(join(path, key), "is not " + std::string(type_name(type)));
  return nullptr;
}

std::string Reader::text(const json& object, const std::string& path, const char* key) {
  const json* found = member(object, path, key, json::value_t::string);
  return found == nullptr ? std::string() : found->get_ref<const std::string&>();
}

std::vector<std::string> Reader::texts(const json& object, const std::string& path, const char* key) {
  std::vector<std::string> list;
  const json* found = member(object, path, key, json::value_t::array);
  if (found == nullptr) return list;
  for (const auto& element : *found) {
    if (element.is_string()) {
      list.push_back(element.get_ref<const std::string&>());
    } else {
      fail(join(path, key) + "[" + std::to_string(&element - &found->front()) + "]", "is not a string");
    }
  }
  return list;
}

template <typename Read>
void Reader::each(const json& object, const std::string& path, const char* key, Read read) {
  const json* found = member(object, path, key, json::value_t::array);
  if (found == nullptr) return;
  for (size_t index = 0; index < found->size(); ++index) {
    const std::string at = join(path, key) + "[" + std::to_string(index) + "]";
    if ((*found)[index].is_object()) {
      read((*found)[index], at);
    } else {
      fail(at, "is not an object");
    }
  }
}

std::optional<uint64_t> Reader::number(const json& object, const std::string& path, const char* key) {
  const json* found = member(object, path, key, json::value_t::number_unsigned);
  return found == nullptr ? std::nullopt : std::optional(found->get<uint64_t>());
}

Deed Reader::deed(const json& object, const std::string& path, const char* action_key, const char* errno_key) {
  const std::string name = text(object, path, action_key);
  for (const auto& [known, usual] : kActions) {
    if (name != known) continue;
    Deed deed = usual;
    const auto errnum = number(object, path, errno_key);
    if (errnum && *errnum > kLargestErrno) fail(join(path, errno_key), "is not an errno");
    // For TRACE it is a message to the tracer.
    if (errnum && known == "SCMP_ACT_ERRNO") deed.errnum = static_cast<uint32_t>(*errnum);
    return deed;
  }
  fail(join(path, action_key), name.empty() ? "is missing" : "is not a seccomp action: " + json(name).dump());
  return {};
}

/// Early Moby files wrote them as lists of nothing; today each is an object.
Condition Reader::condition(const json& object, const std::string& path, const char* key) {
  const json* found = member(object, path, key, json::value_t::object);
  if (found == nullptr) return {};
  const std::string at = join(path, key);
  return {texts(*found, at, "arches"), texts(*found, at, "caps"), text(*found, at, "minKernel")};
}

void Reader::argument(const json& object, const std::string& path) {
  const auto index = number(object, path, "index");
  if (!index || *index > kLastArgument) fail(join(path, "index"), "is not an argument's index (0 to 5)");
  const std::string comparison = text(object, path, "op");
  for (const auto known : kComparisons) {
    if (comparison == known) return;
  }
  fail(join(path, "op"), comparison.empty() ? "is missing" : "is not a comparison: " + json(comparison).dump());
}

Rule Reader::rule(const json& object, const std::string& path) {
  Rule rule;
  rule.names = texts(object, path, "names");
  const std::string name = text(object, path, "name");
  if (name.empty() && member(object, path, "names", json::value_t::array) == nullptr) {
    fail(join(path, "names"), "is missing");
  }
  if (!name.empty() && !rule.names.empty()) fail(path, "has both \"name\" and \"names\", use either");
  if (!name.empty()) rule.names.push_back(name);
  rule.deed = deed(object, path, "action", "errnoRet");
  each(object, path, "args", [&](const json& element, const std::string& at) {
    argument(element, at);
    rule.has_args = true;
  });
  rule.includes = condition(object, path, "includes");
  rule.excludes = condition(object, path, "excludes");
  return rule;
}

SeccompFile Reader::file(const json& root) {
  SeccompFile file;
  file.otherwise = deed(root, "", "defaultAction", "defaultErrnoRet");
  file.architectures = texts(root, "", "architectures");
  each(root, "", "archMap", [&](const json& element, const std::string& at) {
    file.arch_map.push_back({text(element, at, "architecture"), texts(element, at, "subArchitectures")});
  });
  if (!file.architectures.empty() && !file.arch_map.empty()) {
    fail("archMap", "stands beside \"architectures\"; Docker takes either");
  }
  each(root, "", "syscalls",
       [&](const json& element, const std::string& at) { file.rules.push_back(rule(element, at)); });
  return file;
}

}  // namespace

Result<SeccompFile> parse_seccomp_file(std::string_view text, const std::string& object) {
  const json root = json::parse(text, nullptr, false);
  if (root.is_discarded()) return Error{object, "is not valid JSON"};
  if (!root.is_object()) return Error{object, "is not a JSON object"};
  Reader reader(object);
  SeccompFile file = reader.file(root);
  if (reader.error()) return *reader.error();
  return file;
}

}  // namespace profilegen::diff
