// SPDX-License-Identifier: Apache-2.0
// What the operator makes of a resource: internal/pkg/daemon/seccompprofile in
// kubernetes-sigs/security-profiles-operator. It writes the spec to each node as the filter's file.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "profilegen/seccomp_manifest.h"
#include "profilegen/shallow_json.h"
#include "yaml_json.h"

namespace profilegen {
namespace {

using nlohmann::json;

constexpr std::string_view kKind = "SeccompProfile";
constexpr std::string_view kList = "List";

struct Resource {
  std::string kind;
  std::string name;
  json spec;
};

std::string text_of(const json& object, const char* key) {
  return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : "";
}

/// Opens lists. The elements of a SeccompProfileList need not say their kind.
void collect(const json& node, const std::string& usual_kind, std::vector<Resource>& found) {
  if (!node.is_object()) return;
  const std::string given = text_of(node, "kind");
  const std::string kind = given.empty() ? usual_kind : given;
  if (kind.ends_with(kList) && node.contains("items") && node["items"].is_array()) {
    for (const json& item : node["items"]) collect(item, kind.substr(0, kind.size() - kList.size()), found);
    if (node["items"].empty()) found.push_back({"empty " + kind, "", {}});
    return;
  }
  const std::string name = node.contains("metadata") ? text_of(node["metadata"], "name") : "";
  found.push_back({kind, name, node.contains("spec") ? node["spec"] : json::object()});
}

Result<std::vector<Resource>> resources_in(std::string_view text, const std::string& object) {
  std::vector<Resource> found;
  if (const json whole = shallow_json(text); !whole.is_discarded()) {
    collect(whole, "", found);
    return found;
  }
  const auto documents = seccomp::yaml_documents(text, object);
  if (!documents) return documents.error();
  for (const json& document : *documents) collect(document, "", found);
  return found;
}

std::string kinds_of(const std::vector<Resource>& resources) {
  std::map<std::string, size_t> kinds;
  for (const Resource& one : resources) ++kinds[one.kind.empty() ? "document without a kind" : one.kind];
  std::string text;
  for (const auto& [kind, count] : kinds) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, kind);
  return text;
}

/// The operator leaves out an errnoRet of 0, so that runtimes answer EPERM.
std::string filter_of(json spec) {
  if (spec.is_object() && spec.contains("syscalls") && spec["syscalls"].is_array())
    for (json& rule : spec["syscalls"])
      if (rule.is_object() && rule.contains("errnoRet") && rule["errnoRet"] == 0) rule.erase("errnoRet");
  return spec.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool may_be_manifest(std::string_view text) { return text.find("kind") != std::string_view::npos; }

bool is_manifest(const std::vector<Resource>& resources) {
  return std::ranges::any_of(resources, [](const Resource& one) { return !one.kind.empty(); });
}

}  // namespace

Result<std::vector<NamedFilter>> filters_in_manifest(std::string_view text, const std::string& object) {
  if (!may_be_manifest(text)) return std::vector<NamedFilter>{};
  const auto resources = resources_in(text, object);
  if (!resources) return resources.error();
  std::vector<NamedFilter> filters;
  for (const Resource& one : *resources)
    if (one.kind == kKind) filters.push_back({one.name, filter_of(one.spec)});
  if (filters.empty() && is_manifest(*resources))
    return Error{object, "has no SeccompProfile, but " + kinds_of(*resources), "give a manifest with a SeccompProfile"};
  return filters;
}

}  // namespace profilegen
