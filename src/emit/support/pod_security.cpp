// SPDX-License-Identifier: Apache-2.0
// Sources: Kubernetes' documentation, "Pod Security Standards"; k8s.io/pod-security-admission/policy; kubelet's
// verifyRunAsNonRoot().
#include "support/pod_security.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>

#include "support/capability_names.h"

namespace profilegen {
namespace {

constexpr uint32_t kLargestId = 0x7fffffff;  // Kubernetes takes no larger one
constexpr const char* kOnlyAddition = "NET_BIND_SERVICE";

std::optional<uint32_t> id_of(std::string_view text) {
  uint32_t id = 0;
  const char* const end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, id);
  if (error != std::errc() || read != end || id > kLargestId) return std::nullopt;
  return id;
}

std::string why_no_user(const Profile& profile) {
  if (profile.as_root)
    return profile.users.empty() ? "it ran as root; advice.txt says what another user would need"
                                 : fmt::format("some runs were root's, others {}'s", fmt::join(profile.users, "'s, "));
  if (profile.users.empty()) return "the profile does not tell its user; emit from the recording";
  if (profile.users.size() > 1) return fmt::format("its runs had different users: {}", fmt::join(profile.users, ", "));
  return fmt::format("its user, {}, is not known as a number up to {}, which kubelet asks for", *profile.users.begin(),
                     kLargestId);
}

std::vector<std::string> forbidden_capabilities(const Profile& profile) {
  std::vector<std::string> names;
  for (const std::string& name : named_capabilities(profile))
    if (name != kOnlyAddition) names.push_back(name);
  return names;
}

}  // namespace

std::optional<PodUser> pod_user(const Profile& profile) {
  if (profile.as_root || profile.users.size() != 1) return std::nullopt;
  const std::string_view user = *profile.users.begin();
  const size_t colon = user.find(':');
  const auto uid = id_of(user.substr(0, colon));
  if (!uid || *uid == 0) return std::nullopt;
  if (colon == std::string_view::npos) return PodUser{*uid, {}};
  const auto gid = id_of(user.substr(colon + 1));
  if (!gid) return std::nullopt;
  return PodUser{*uid, gid};
}

std::vector<std::string> unrestricted_fields(const Profile& profile) {
  std::vector<std::string> fields;
  if (!pod_user(profile)) fields.push_back("runAsNonRoot: " + why_no_user(profile));
  if (!profile.no_new_privileges)
    fields.emplace_back(
        "allowPrivilegeEscalation: a program with set-id bits or file capabilities was executed, or "
        "--allow-new-privileges was given");
  if (const auto names = forbidden_capabilities(profile); !names.empty())
    fields.push_back(fmt::format("capabilities.add: the recording needed {}", fmt::join(names, ", ")));
  return fields;
}

}  // namespace profilegen
