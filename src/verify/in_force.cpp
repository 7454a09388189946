// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "profilegen/capabilities.h"
#include "profilegen/confinement.h"
#include "profilegen/diff.h"

namespace profilegen {
namespace {

std::set<std::string> names_in(uint64_t set) {
  std::set<std::string> names;
  for (uint32_t number = 0; number < 64; ++number)
    if ((set >> number & 1) != 0) names.insert(capability_name(number));
  return names;
}

std::vector<std::string> beyond(const std::set<std::string>& all, const std::set<std::string>& some) {
  std::vector<std::string> names;
  for (const std::string& name : all)
    if (!some.contains(name)) names.push_back(name);
  return names;
}

// "A, B", or "A, B, C and 30 more" for a long list.
std::string first_of(std::vector<std::string> names) {
  constexpr size_t most = 6;
  constexpr size_t shown = 3;
  if (names.size() <= most) return fmt::format("{}", fmt::join(names, ", "));
  const size_t rest = names.size() - shown;
  names.resize(shown);
  return fmt::format("{} and {} more", fmt::join(names, ", "), rest);
}

std::string counted_names(const char* one, const char* several, const std::vector<std::string>& names) {
  return fmt::format("{} {}", names.size() == 1 ? one : several, first_of(names));
}

// Profiles may be stacked ("one//&other"); a policy namespace stands before the name (":ns://name").
bool is_labelled(const std::string& label, const std::string& profile) {
  for (size_t begin = 0; begin <= label.size();) {
    const size_t end = std::min(label.find("//&", begin), label.size());
    const std::string part = label.substr(begin, end - begin);
    if (part == profile || part.ends_with("://" + profile)) return true;
    begin = end + 3;
  }
  return false;
}

void compare_capabilities(const std::set<std::string>& wanted, const Confinement& found,
                          std::vector<std::string>& clauses) {
  const std::set<std::string> bounding = names_in(found.bounding);
  const auto more = beyond(names_in(found.bounding | found.permitted), wanted);
  const auto less = beyond(wanted, bounding);
  if (!more.empty()) clauses.push_back("it also has " + counted_names("the capability", "the capabilities", more));
  if (!less.empty()) clauses.push_back("it lacks " + counted_names("the capability", "the capabilities", less));
}

Result<SeccompEffect> effect_of(const std::string& filter, const Confinement& found) {
  return SeccompEffect::of_file(filter, "filter", names_in(found.bounding));
}

}  // namespace

std::vector<std::string> differences(const BundleConfinement& bundle, const Confinement& found) {
  std::vector<std::string> clauses;
  if (bundle.seccomp && found.filters == 0) clauses.emplace_back("it has no seccomp filter");
  if (bundle.capabilities) compare_capabilities(*bundle.capabilities, found, clauses);
  if (bundle.no_new_privileges && !found.no_new_privileges) clauses.emplace_back("no-new-privileges is not set");
  if (bundle.read_only && !found.read_only_root) clauses.emplace_back("its root file system is writable");
  if (!bundle.apparmor.empty() && !found.apparmor.empty() && !is_labelled(found.apparmor, bundle.apparmor))
    clauses.push_back(fmt::format("its AppArmor profile is {}, not {}", found.apparmor, bundle.apparmor));
  return clauses;
}

std::string filter_difference(const std::string& bundle_filter, const Confinement& found) {
  if (found.filters == 0 || found.filter.empty()) return "";
  const auto wanted = effect_of(bundle_filter, found);
  const auto in_force = effect_of(found.filter, found);
  if (!wanted || !in_force) return "";
  // Calls of other tables have mostly the same names.
  std::set<std::string> more;
  std::set<std::string> foreign;
  for (const Arch arch : in_force->architectures())
    for (const KnownSyscall& call : known_syscalls(arch))
      if (diff::lets_any_through(*in_force, {arch, call.name}) && !diff::lets_any_through(*wanted, {arch, call.name}))
        (arch == wanted->native() ? more : foreign).insert(call.name);
  if (more.empty()) more = std::move(foreign);
  if (more.empty()) return "";
  return "its seccomp filter is another one, which also allows " + first_of({more.begin(), more.end()});
}

}  // namespace profilegen
