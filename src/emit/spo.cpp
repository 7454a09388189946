// SPDX-License-Identifier: Apache-2.0
// A SeccompProfile of the Security Profiles Operator, which writes the spec to each node as the filter's file
// (internal/pkg/daemon/seccompprofile in kubernetes-sigs/security-profiles-operator). The spec has no defaultErrnoRet:
// a call without a rule is answered with EPERM. (runc by itself answers ENOSYS for calls that are newer than all that
// the filter names.) So every known call has a rule with its errno.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include "profilegen/seccomp.h"
#include "support/incomplete.h"
#include "support/kubernetes_name.h"
#include "support/registry.h"

namespace profilegen {
namespace {

constexpr std::string_view kResourceHeader =
    "{0}# kubectl apply -f FILE; then, in the container's securityContext:\n"
    "#   seccompProfile: {{type: Localhost, localhostProfile: operator/NAMESPACE/{1}.json}}\n"
    "# The operator must know errnoRet as a number: older versions have it as text, which no runtime reads.\n"
    "{2}\n";

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

}  // namespace

Result<std::string> emit_spo(const EmitInput& input) {
  const Profile& profile = input.profile;
  if (Status found = require_container(profile, "spo.yaml"); !found) return found.error();
  if (Status name = check_kubernetes_name(input.name); !name) return name.error();
  const SeccompFilter filter = seccomp_filter(profile);
  YAML::Node resource;
  resource["apiVersion"] = "security-profiles-operator.x-k8s.io/v1beta1";
  resource["kind"] = "SeccompProfile";
  resource["metadata"]["name"] = input.name;
  YAML::Node spec = resource["spec"];
  spec["defaultAction"] = "SCMP_ACT_ERRNO";
  for (const Arch arch : filter.architectures) spec["architectures"].push_back(std::string(arch_oci_name(arch)));
  for (const SeccompRule& rule : filter.rules) spec["syscalls"].push_back(rule_node(rule));
  return fmt::format(kResourceHeader, incomplete_header(profile), input.name, YAML::Dump(resource));
}

}  // namespace profilegen
