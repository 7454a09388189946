// SPDX-License-Identifier: Apache-2.0
// A pod around the user's own image. It is wider where Kubernetes has no tighter setting: an emptyDir belongs to root,
// has mode 0777, and programs in it can be executed. It also begins empty, so an init container first copies what the
// image has there.
//
// Until 2026, podman's kube play read the filter only from the annotation, and of its path only the first component
// (4.3). Kubernetes refuses a pod whose annotation and field differ. So both name a file without a directory.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "support/capability_names.h"
#include "support/hole_flags.h"
#include "support/hole_mounts.h"
#include "support/incomplete.h"
#include "support/kubernetes_name.h"
#include "support/network_rules.h"
#include "support/pod_security.h"
#include "support/registry.h"

namespace profilegen {
namespace {

constexpr const char* kImage = "IMAGE";  // to be filled in by the user
constexpr std::string_view kPodHeader = R"({0}# Write your own image for IMAGE, and store seccomp.json as {1}
#   for Kubernetes in each node's /var/lib/kubelet/seccomp/
#   for podman in a directory of your choice: podman kube play --seccomp-profile-root DIR FILE
{2}{3}
)";

/// An init container fills the volume with what the image has there.
bool is_filled(const Profile& profile, const Hole& hole) {
  return profile.read_only_root && hole.kind == HoleKind::volume && !hole.empty;
}

/// What tells whether the strictest of Kubernetes' pod security standards admits the pod.
std::string standard_lines(const Profile& profile) {
  auto fields = unrestricted_fields(profile);
  if (!pod_user(profile) &&
      std::ranges::any_of(profile.holes, [&](const auto& one) { return is_filled(profile, one.second); }))
    fields.emplace_back("capabilities.add of the init containers: root's cp keeps owners and modes");
  if (fields.empty()) return "# The pod security standard \"restricted\" admits this pod.\n";
  std::string text = "# The pod security standard \"restricted\" does not admit this pod. In securityContext:\n";
  for (const std::string& field : fields) text += "#   " + one_line(field) + "\n";
  return text;
}

std::string filter_file(const EmitInput& input) { return input.name + ".json"; }

void add_user(YAML::Node& context, const Profile& profile) {
  const auto user = pod_user(profile);
  if (!user) return;
  context["runAsNonRoot"] = true;
  context["runAsUser"] = user->uid;
  if (user->gid) context["runAsGroup"] = *user->gid;
}

YAML::Node security_context(const EmitInput& input) {
  const Profile& profile = input.profile;
  YAML::Node context;
  context["allowPrivilegeEscalation"] = !profile.no_new_privileges;
  context["readOnlyRootFilesystem"] = profile.read_only_root;
  add_user(context, profile);
  context["capabilities"]["drop"].push_back("ALL");
  for (const std::string& name : named_capabilities(profile)) context["capabilities"]["add"].push_back(name);
  context["seccompProfile"]["type"] = "Localhost";
  context["seccompProfile"]["localhostProfile"] = filter_file(input);
  return context;
}

// The application's filter need not have the calls of cp. Root's cp keeps owners and modes, for which it needs
// capabilities.
YAML::Node copiers_context(const Profile& profile) {
  YAML::Node context;
  context["allowPrivilegeEscalation"] = false;
  context["readOnlyRootFilesystem"] = true;
  add_user(context, profile);
  context["capabilities"]["drop"].push_back("ALL");
  if (!pod_user(profile))
    for (const char* name : {"CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID"})
      context["capabilities"]["add"].push_back(name);
  context["seccompProfile"]["type"] = "RuntimeDefault";
  return context;
}

// A container with SYS_ADMIN always may gain privileges, and a pod that says otherwise is refused
// (ValidateSecurityContext in Kubernetes' pkg/apis/core/validation). But this profile's filter lacks what the runtime
// calls without no-new-privileges.
Status check_privileges(const Profile& profile) {
  if (!profile.no_new_privileges || !profile.capabilities.contains("SYS_ADMIN")) return Done{};
  return Error{"kubernetes.yaml", "Kubernetes refuses a container that has SYS_ADMIN and may gain no privileges",
               "leave out --no-new-privileges"};
}

YAML::Node mount(const std::string& volume, const std::string& path) {
  YAML::Node node;
  node["name"] = volume;
  node["mountPath"] = path;
  return node;
}

// In commands Kubernetes replaces $(NAME) by a variable, such as the address of a service, and $$ by $.
std::string literal(const std::string& path) {
  std::string doubled;
  for (const char letter : path) doubled += letter == '$' ? "$$" : std::string(1, letter);
  return doubled;
}

// A user other than root can't give the volume's own directory, which is root's, another mode or time: "cp -a" would
// fail.
YAML::Node copier(const Profile& profile, const std::string& volume, const std::string& path) {
  YAML::Node node;
  node["name"] = "fill-" + volume;
  node["image"] = kImage;
  const std::string way = pod_user(profile) ? "-RP" : "-a";
  for (const std::string& word : {std::string("cp"), way, literal(path) + "/.", "/" + volume})
    node["command"].push_back(word);
  node["securityContext"] = copiers_context(profile);
  node["volumeMounts"].push_back(mount(volume, "/" + volume));
  return node;
}

void add_volumes(YAML::Node& spec, YAML::Node& container, const Profile& profile) {
  if (!profile.read_only_root) return;
  size_t number = 0;
  for (const auto& [path, hole] : hole_mounts(profile)) {
    const std::string name = fmt::format("hole-{}", ++number);
    YAML::Node volume;
    volume["name"] = name;
    if (hole.kind == HoleKind::tmpfs) volume["emptyDir"]["medium"] = "Memory";
    if (hole.kind == HoleKind::tmpfs && hole.size != 0) volume["emptyDir"]["sizeLimit"] = mebibytes(hole.size) + "Mi";
    if (hole.kind == HoleKind::volume) volume["emptyDir"] = YAML::Node(YAML::NodeType::Map);
    if (is_filled(profile, hole)) spec["initContainers"].push_back(copier(profile, name, path));
    container["volumeMounts"].push_back(mount(name, path));
    spec["volumes"].push_back(volume);
  }
}

// The value of a sysctl is a text, but yaml-cpp writes one that looks like a number without quotes.
std::string with_quoted_values(std::string yaml, const Profile& profile) {
  for (const auto& [name, value] : network_sysctls(profile)) {
    const std::string before = "value: ";
    const size_t place = yaml.find(before + value + "\n", yaml.find("name: " + name));
    if (place != std::string::npos) yaml.replace(place + before.size(), value.size(), '"' + value + '"');
  }
  return yaml;
}

// Both are safe sysctls: the kubelet accepts them without being told (net.ipv4.ping_group_range since 1.18,
// net.ipv4.ip_unprivileged_port_start since 1.22).
void add_sysctls(YAML::Node& spec, const Profile& profile) {
  for (const auto& [name, value] : network_sysctls(profile)) {
    YAML::Node sysctl;
    sysctl["name"] = name;
    sysctl["value"] = value;
    spec["securityContext"]["sysctls"].push_back(sysctl);
  }
}

}  // namespace

Result<std::string> emit_kubernetes(const EmitInput& input) {
  const Profile& profile = input.profile;
  if (Status found = require_container(profile, "kubernetes.yaml"); !found) return found.error();
  if (Status name = check_kubernetes_name(input.name); !name) return name.error();
  if (Status privileges = check_privileges(profile); !privileges) return privileges.error();
  if (Status holes = require_flag_paths(profile); !holes) return holes.error();
  YAML::Node container;
  container["name"] = input.name;
  container["image"] = kImage;
  container["securityContext"] = security_context(input);
  YAML::Node spec;
  add_volumes(spec, container, profile);
  add_sysctls(spec, profile);
  spec["containers"].push_back(container);
  YAML::Node pod;
  pod["apiVersion"] = "v1";
  pod["kind"] = "Pod";
  pod["metadata"]["name"] = input.name;
  pod["metadata"]["annotations"]["container.seccomp.security.alpha.kubernetes.io/" + input.name] =
      "localhost/" + filter_file(input);
  pod["spec"] = spec;
  return fmt::format(kPodHeader, incomplete_header(profile), filter_file(input), standard_lines(profile),
                     with_quoted_values(YAML::Dump(pod), profile));
}

}  // namespace profilegen
