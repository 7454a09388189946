// SPDX-License-Identifier: Apache-2.0
// What is refused was tried with runc 1.1.5 and 1.3.6 and with crun 1.8.1 and 1.28. runc, dockerd, podman, containerd
// and CRI-O read the file in the same way, with Go's JSON decoder: strict about types, lax about capital letters.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "checks.h"
#include "form_names.h"
#include "measured.h"
#include "profilegen/path_text.h"
#include "profilegen/syscalls.h"

namespace profilegen::lint {
namespace {

using nlohmann::json;
using Keys = std::vector<std::string_view>;

constexpr uint64_t kLargestErrno = 4095;  // MAX_ERRNO of the kernel; libseccomp refuses more
constexpr uint64_t kLastIndex = 5;
constexpr size_t kMostArguments = 6;

const Keys kRootKeys = {"defaultAction", "defaultErrnoRet", "defaultErrno",     "architectures", "archMap",
                        "flags",         "listenerPath",    "listenerMetadata", "syscalls"};
const Keys kRuleKeys = {"names", "name", "action", "errnoRet", "errno", "args", "comment", "includes", "excludes"};
const Keys kArgumentKeys = {"index", "value", "valueTwo", "op"};

std::string quoted(const json& value) {
  return value.is_string() ? fmt::format("\"{}\"", path_to_text(value.get<std::string>()))
                           : value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return text;
}

/// A missing key and null mean the same.
const json* member(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

class Form {
 public:
  explicit Form(Findings& findings) : findings_(findings) {}
  void root(const json& root);

 private:
  void rule(const json& rule, const std::string& field);
  void argument(const json& argument, const std::string& field);
  void names(const json& rule, const std::string& field);
  void action(const json& object, const char* key, const std::string& field);
  void errno_of(const json& object, const std::string& prefix, const char* number, const char* name,
                const char* action);
  void number(const json& object, const char* key, uint64_t most, const std::string& prefix);
  void keys(const json& object, const Keys& known, const std::string& prefix, bool tell_others);
  void architectures(const json& root);
  void flags(const json& root);
  /// The elements of a list; none, and a finding, when it is something else.
  const json& list(const json& object, const char* key, const std::string& prefix);
  void refuse(const std::string& field, const std::string& text, std::set<std::string> runtimes = {}) {
    findings_.push_back({LintRule::refused, field, std::move(runtimes), text, {}, ""});
  }
  void add(LintRule rule, const std::string& field, const std::string& text, std::set<std::string> runtimes = {}) {
    findings_.push_back({rule, field, std::move(runtimes), text, {}, ""});
  }

  Findings& findings_;
};

const json& Form::list(const json& object, const char* key, const std::string& prefix) {
  static const json none = json::array();
  const json* found = member(object, key);
  if (found == nullptr) return none;
  if (found->is_array()) return *found;
  refuse(prefix + key, "is refused, because it is no list", all_of("runc"));
  return none;
}

void Form::keys(const json& object, const Keys& known, const std::string& prefix, bool tell_others) {
  for (const auto& [key, value] : object.items()) {
    if (std::ranges::find(known, key) != known.end()) continue;
    const auto same = std::ranges::find_if(
        known, [&key = key](std::string_view one) { return lower(std::string(one)) == lower(key); });
    if (same != known.end())
      add(LintRule::differs, prefix + path_to_text(key),
          fmt::format("engines written in Go and runc read it as {}, crun does not", *same));
    else if (tell_others)
      add(LintRule::no_effect, prefix + path_to_text(key), "no engine knows this key: it has no effect");
  }
}

void Form::number(const json& object, const char* key, uint64_t most, const std::string& prefix) {
  const json* found = member(object, key);
  if (found == nullptr) return;
  if (!found->is_number_unsigned())
    return refuse(prefix + key,
                  fmt::format("{} is refused: it is no whole number from 0 to {}. crun may read another number",
                              quoted(*found), most),
                  all_of("runc"));
  if (found->get<uint64_t>() > most)
    refuse(prefix + key, fmt::format("{} is refused: it is above {}", quoted(*found), most));
}

void Form::action(const json& object, const char* key, const std::string& field) {
  const auto found = object.find(key);
  if (found != object.end() && found->is_string() && is_action(found->get<std::string>())) return;
  refuse(field, fmt::format("{} is refused: it is no action of seccomp",
                            found == object.end() ? "a missing action" : quoted(*found)));
}

/// containers-common (podman, CRI-O) takes the error's name first, and nobody else reads it.
void Form::errno_of(const json& object, const std::string& prefix, const char* number_key, const char* name_key,
                    const char* action_key) {
  number(object, number_key, kLargestErrno, prefix);
  const json* name = member(object, name_key);
  const json* given = member(object, number_key);
  const json* action = member(object, action_key);
  if (given != nullptr && action != nullptr && *action != "SCMP_ACT_ERRNO" && *action != "SCMP_ACT_TRACE")
    refuse(prefix + number_key, "is refused beside another action than ERRNO and TRACE", all_of("crun"));
  if (name == nullptr || !name->is_string() || name->get<std::string>().empty()) return;
  const uint64_t answered = given != nullptr && given->is_number_unsigned() ? given->get<uint64_t>() : 1;
  if (errno_name(static_cast<uint32_t>(answered)) == name->get<std::string>()) return;
  add(LintRule::differs, prefix + name_key,
      fmt::format("podman and CRI-O answer {}, Docker, containerd and a runtime alone answer {}", quoted(*name),
                  errno_name(static_cast<uint32_t>(answered))));
}

void Form::names(const json& rule, const std::string& field) {
  const json& given = list(rule, "names", field + ".");
  const bool single = member(rule, "name") != nullptr;
  if (single && !given.empty())
    return refuse(field, "is refused by Docker and podman, because it has both \"name\" and \"names\"");
  if (single)
    return add(LintRule::differs, field + ".name",
               "only Docker and podman read it: runc ignores the rule, crun refuses a filter without \"names\"");
  if (member(rule, "names") == nullptr) refuse(field, "is refused without \"names\"", all_of("crun"));
  if (given.empty()) add(LintRule::no_effect, field, "the rule names no calls, so it has no effect");
  for (size_t place = 0; place < given.size(); ++place) {
    const std::string at = fmt::format("{}.names[{}]", field, place);
    if (!given[place].is_string())
      refuse(at, "is refused, because it is no text", all_of("runc"));
    else if (given[place].get<std::string>().empty())
      refuse(at, "is refused, because it is empty", all_of("runc"));
  }
}

void Form::argument(const json& argument, const std::string& field) {
  if (!argument.is_object()) return refuse(field, "is refused, because it is no object", all_of("runc"));
  keys(argument, kArgumentKeys, field + ".", true);
  if (member(argument, "index") == nullptr) add(LintRule::differs, field, "has no index, which means argument 0");
  number(argument, "index", kLastIndex, field + ".");
  number(argument, "value", UINT64_MAX, field + ".");
  number(argument, "valueTwo", UINT64_MAX, field + ".");
  const json* op = member(argument, "op");
  if (op == nullptr || !op->is_string() || !is_comparison(op->get<std::string>()))
    refuse(field + ".op", fmt::format("{} is refused: it is no comparison of seccomp",
                                      op == nullptr ? "a missing comparison" : quoted(*op)));
}

void Form::rule(const json& rule, const std::string& field) {
  if (!rule.is_object()) return refuse(field, "is refused, because it is no rule");
  keys(rule, kRuleKeys, field + ".", true);
  names(rule, field);
  action(rule, "action", field + ".action");
  errno_of(rule, field + ".", "errnoRet", "errno", "action");
  const json& arguments = list(rule, "args", field + ".");
  for (size_t place = 0; place < arguments.size(); ++place)
    argument(arguments[place], fmt::format("{}.args[{}]", field, place));
  if (arguments.size() > kMostArguments)
    add(LintRule::differs, field + ".args", "crun reads the first six comparisons only, runc reads all of them");
}

void Form::architectures(const json& root) {
  const json& listed = list(root, "architectures", "");
  if (!listed.empty() && !list(root, "archMap", "").empty())
    refuse("archMap", "is refused by Docker and podman beside \"architectures\"");
  for (size_t place = 0; place < listed.size(); ++place) {
    const std::string field = fmt::format("architectures[{}]", place);
    const std::string name = listed[place].is_string() ? listed[place].get<std::string>() : "";
    const auto refusing = refusing_architecture(name);
    if (!refusing.empty())
      refuse(field, fmt::format("{} is refused: it is no architecture they know", quoted(listed[place])), refusing);
    else if (has_other_byte_order(name))
      refuse(field, fmt::format("{} is refused on this machine, whose byte order is another", quoted(listed[place])));
  }
}

void Form::flags(const json& root) {
  const json& listed = list(root, "flags", "");
  for (size_t place = 0; place < listed.size(); ++place) {
    const auto refusing = refusing_flag(listed[place].is_string() ? listed[place].get<std::string>() : "");
    if (!refusing.empty())
      refuse(fmt::format("flags[{}]", place),
             fmt::format("{} is refused: they don't know this flag", quoted(listed[place])), refusing);
  }
}

void Form::root(const json& root) {
  keys(root, kRootKeys, "", false);
  action(root, "defaultAction", "defaultAction");
  errno_of(root, "", "defaultErrnoRet", "defaultErrno", "defaultAction");
  architectures(root);
  flags(root);
  const json& rules = list(root, "syscalls", "");
  for (size_t place = 0; place < rules.size(); ++place) rule(rules[place], fmt::format("syscalls[{}]", place));
}

}  // namespace

void check_form(const std::string& text, Findings& findings) { Form(findings).root(json::parse(text)); }

}  // namespace profilegen::lint
