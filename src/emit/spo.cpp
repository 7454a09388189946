// SPDX-License-Identifier: Apache-2.0
// A SeccompProfile and an AppArmorProfile of the Security Profiles Operator. It writes the first one's spec to each
// node as the filter's file (internal/pkg/daemon/seccompprofile in kubernetes-sigs/security-profiles-operator). The
// spec has no defaultErrnoRet: a call without a rule is answered with EPERM. (runc by itself answers ENOSYS for calls
// that are newer than all that the filter names.) So every known call has a rule with its errno.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include "profilegen/seccomp.h"
#include "support/armor_form.h"
#include "support/capability_names.h"
#include "support/incomplete.h"
#include "support/kubernetes_name.h"
#include "support/registry.h"

namespace profilegen {
namespace {

constexpr std::string_view kResourceHeader =
    "{0}# kubectl apply -f FILE; then, in the container's securityContext:\n"
    "#   seccompProfile: {{type: Localhost, localhostProfile: operator/{1}.json}}\n"
    "#   (up to version 0.8 of the operator: operator/NAMESPACE/{1}.json)\n"
    "# The operator must know errnoRet as a number: older versions have it as text, which no runtime reads.\n"
    "{2}\n";
constexpr std::string_view kArmorHeader =
    "---\n"
    "# In the securityContext, too: appArmorProfile: {{type: Localhost, localhostProfile: {0}}}\n"
    "{1}{2}\n";

YAML::Node arguments_node(const ArgumentRule& rule) {
  YAML::Node list;
  for (const auto& [index, mask, value] : rule) {
    YAML::Node argument;
    argument["index"] = uint32_t{index};  // a number, not a character
    argument["value"] = mask;             // as in seccomp.json, `value` is the mask
    argument["valueTwo"] = value;
    argument["op"] = "SCMP_CMP_MASKED_EQ";
    list.push_back(argument);
  }
  return list;
}

YAML::Node rule_node(const SeccompRule& rule) {
  YAML::Node node;
  node["action"] = rule.errnum ? "SCMP_ACT_ERRNO" : "SCMP_ACT_ALLOW";
  if (rule.errnum) node["errnoRet"] = *rule.errnum;
  for (const std::string& name : rule.names) node["names"].push_back(name);
  if (!rule.arguments.empty()) node["args"] = arguments_node(rule.arguments);
  return node;
}

YAML::Node resource_node(const EmitInput& input, const char* version, const char* kind) {
  YAML::Node resource;
  resource["apiVersion"] = std::string("security-profiles-operator.x-k8s.io/") + version;
  resource["kind"] = kind;
  resource["metadata"]["name"] = input.name;
  return resource;
}

std::string seccomp_resource(const EmitInput& input) {
  const SeccompFilter filter = seccomp_filter(input.profile);
  YAML::Node resource = resource_node(input, "v1beta1", "SeccompProfile");
  YAML::Node spec = resource["spec"];
  spec["defaultAction"] = "SCMP_ACT_ERRNO";
  for (const Arch arch : filter.architectures) spec["architectures"].push_back(std::string(arch_oci_name(arch)));
  for (const SeccompRule& rule : filter.rules) spec["syscalls"].push_back(rule_node(rule));
  return YAML::Dump(resource);
}

void add_paths(YAML::Node holder, const char* list, const std::set<std::string>& paths) {
  for (const std::string& path : paths) holder[list].push_back(path);
}

std::string armor_resource(const EmitInput& input, const ArmorForm& form) {
  YAML::Node resource = resource_node(input, "v1alpha1", "AppArmorProfile");
  YAML::Node abstract = resource["spec"]["abstract"];
  add_paths(abstract["executable"], "allowedExecutables", form.executables);
  add_paths(abstract["executable"], "allowedLibraries", form.libraries);
  add_paths(abstract["filesystem"], "readOnlyPaths", form.read_only);
  add_paths(abstract["filesystem"], "writeOnlyPaths", form.write_only);
  add_paths(abstract["filesystem"], "readWritePaths", form.read_write);
  abstract["network"]["allowRaw"] = form.raw;
  abstract["network"]["allowedProtocols"]["allowTcp"] = form.tcp;
  abstract["network"]["allowedProtocols"]["allowUdp"] = form.udp;
  for (const std::string& name : named_capabilities(input.profile))
    abstract["capability"]["allowedCapabilities"].push_back(apparmor_capability(name));
  return YAML::Dump(resource);
}

std::string comments(const char* title, const std::vector<std::string>& clauses) {
  std::string text = clauses.empty() ? "" : fmt::format("# {}:\n", title);
  for (const std::string& clause : clauses) text += "#   " + one_line(clause) + "\n";
  return text;
}

/// The second document. A profile that lacks what was recorded would stop the application, so there is none then.
std::string armor_document(const EmitInput& input) {
  const ArmorForm form = armor_form(input.profile);
  if (!form.unsayable.empty())
    return comments("There is no AppArmorProfile, because its form can't say this (load apparmor.profile instead)",
                    form.unsayable);
  return fmt::format(kArmorHeader, input.name,
                     comments("The form of an AppArmorProfile also allows what was not recorded", form.wider),
                     armor_resource(input, form));
}

}  // namespace

Result<std::string> emit_spo(const EmitInput& input) {
  const Profile& profile = input.profile;
  if (Status found = require_container(profile, "spo.yaml"); !found) return found.error();
  if (Status name = check_kubernetes_name(input.name); !name) return name.error();
  return fmt::format(kResourceHeader, incomplete_header(profile), input.name, seccomp_resource(input)) +
         armor_document(input);
}

}  // namespace profilegen
