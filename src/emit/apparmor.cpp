// SPDX-License-Identifier: Apache-2.0
// There are no deny rules: what no rule allows is refused anyway. A deny rule would beat allow rules and also hold in
// complain mode.
#include <fmt/format.h>

#include "support/apparmor_pattern.h"
#include "support/apparmor_peers.h"
#include "support/application_calls.h"
#include "support/capability_names.h"
#include "support/incomplete.h"
#include "support/registry.h"

namespace profilegen {
namespace {

// abi 3.0: in newer ones, `network` no longer includes unix sockets.
// attach_disconnected: paths inherited from the engine don't begin at the container's root.
// mediate_deleted: a deleted file keeps its path instead of getting " (deleted)".
constexpr std::string_view kPolicyHeader = R"(# Load with: apparmor_parser -r FILE
abi <abi/3.0>,
include <tunables/global>

profile {0} flags=(attach_disconnected,mediate_deleted) {{
)";

// After an exec into a new domain, the executed file is mapped under the new domain's own rules: without m and r the
// exec is killed.
std::string with_mapping(const std::string& permissions) {
  if (permissions.find('x') == std::string::npos) return permissions;
  std::string letters;
  for (const char letter : {'r', 'w', 'm', 'k', 'l'}) {
    const bool implied = letter == 'r' || letter == 'm';
    if (implied || permissions.find(letter) != std::string::npos) letters += letter;
  }
  return letters + "ix";
}

std::string file_rules(const Profile& profile) {
  std::string text;
  for (const auto& [pattern, rule] : profile.files) {
    text += fmt::format("  {} {},\n", quoted_pattern(pattern), with_mapping(rule.permissions));
  }
  return text;
}

std::string capability_rules(const Profile& profile) {
  std::string text;
  for (const std::string& name : named_capabilities(profile))
    text += fmt::format("  capability {},\n", apparmor_capability(name));
  return text;
}

std::string network_rules(const Profile& profile) {
  std::string text;
  for (const auto& [family, type] : profile.network) text += fmt::format("  network {} {},\n", family, type);
  return text;
}

// It is recorded that the application mounts something, but not what.
std::string mount_rules(const Profile& profile) {
  std::string text;
  if (application_calls(profile, {"mount", "move_mount", "fsmount", "mount_setattr"})) text += "  mount,\n";
  if (application_calls(profile, {"umount", "umount2"})) text += "  umount,\n";
  if (application_calls(profile, {"pivot_root"})) text += "  pivot_root,\n";
  return text;
}

std::string paragraph(const std::string& rules) { return rules.empty() ? "" : "\n" + rules; }

}  // namespace

Result<std::string> emit_apparmor(const EmitInput& input) {
  const Profile& profile = input.profile;
  const std::string name = apparmor_profile_name(profile);
  return incomplete_header(profile) + fmt::format(kPolicyHeader, name) + file_rules(profile) +
         paragraph(capability_rules(profile)) + paragraph(network_rules(profile)) + paragraph(mount_rules(profile)) +
         paragraph(apparmor_peer_rules(profile, name)) + "}\n";
}

}  // namespace profilegen
