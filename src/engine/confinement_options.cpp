// SPDX-License-Identifier: Apache-2.0
// What an option means is as the engines read it: docker and dockerd (cli/command/container/opts.go, daemon's
// parseSecurityOpt()), podman (pkg/specgenutil), nerdctl. All of them read options with Go's pflag.
#include "profilegen/confinement_options.h"

#include <algorithm>
#include <cctype>

namespace profilegen {
namespace {

using Words = std::vector<std::string>;

std::string capability_word(std::string word) {
  std::ranges::transform(word, word.begin(), [](unsigned char letter) { return std::toupper(letter); });
  return word.starts_with("CAP_") ? word.substr(4) : word;
}

// podman and nerdctl take several in one option; docker refuses a comma.
std::set<std::string> capability_words(const std::string& value) {
  std::set<std::string> names;
  for (size_t begin = 0; begin <= value.size();) {
    const size_t end = std::min(value.find(',', begin), value.size());
    if (end != begin) names.insert(capability_word(value.substr(begin, end - begin)));
    begin = end + 1;
  }
  return names;
}

struct SecurityOption {
  std::string name;
  std::string value;
};

// "seccomp=FILE", or with the older ":"; "no-new-privileges" may stand alone.
SecurityOption security_option(const std::string& text) {
  const size_t equals = text.find('=');
  const size_t at = equals == std::string::npos ? text.find(':') : equals;
  if (at == std::string::npos) return {text, ""};
  return {text.substr(0, at), text.substr(at + 1)};
}

std::string text_of_option(const RunOption& option) {
  if (!option.has_value) return option.name;
  return option.name + (option.words == 1 ? "=" : " ") + option.value;
}

std::optional<ConfinementOption> confinement_of(const RunOption& option) {
  ConfinementOption found{ConfinementKind::seccomp, text_of_option(option), "", true, {}, option.at, option.words};
  found.on = is_switched_on(option);
  if (option.name == "--privileged" || option.name == "--read-only") {
    found.kind = option.name == "--privileged" ? ConfinementKind::privileged : ConfinementKind::read_only;
    return found;
  }
  if (option.name == "--cap-add" || option.name == "--cap-drop") {
    found.kind = option.name == "--cap-add" ? ConfinementKind::cap_add : ConfinementKind::cap_drop;
    found.names = capability_words(option.value);
    return found;
  }
  if (option.name != "--security-opt") return std::nullopt;
  const SecurityOption security = security_option(option.value);
  found.value = security.value;
  found.on = !says_no(security.value);
  if (security.name == "no-new-privileges")
    found.kind = ConfinementKind::no_new_privileges;
  else if (security.name == "apparmor")
    found.kind = ConfinementKind::apparmor;
  else if (security.name != "seccomp")
    return std::nullopt;
  return found;
}

bool is_same(const RunOption& a, const RunOption& b) {
  return a.name == b.name && a.has_value == b.has_value && a.value == b.value;
}

bool has_all(const std::set<std::string>& all, const std::set<std::string>& some) {
  return std::ranges::includes(all, some);
}

// Whether the option would change what the bundle's flags have set.
bool overrides(const ConfinementOption& option, const BundleConfinement& bundle) {
  switch (option.kind) {
    case ConfinementKind::seccomp:
      return bundle.seccomp;
    case ConfinementKind::privileged:
      return option.on && bundle.capabilities;
    case ConfinementKind::apparmor:
      return !bundle.apparmor.empty() && option.value != bundle.apparmor;
    case ConfinementKind::cap_add:
      return bundle.capabilities && !has_all(*bundle.capabilities, option.names);
    case ConfinementKind::cap_drop:
      return bundle.capabilities && std::ranges::any_of(option.names, [&](const std::string& name) {
               return bundle.capabilities->contains(name);
             });
    case ConfinementKind::read_only:
      return bundle.read_only && !option.on;
    case ConfinementKind::no_new_privileges:
      return bundle.no_new_privileges && !option.on;
  }
  return false;
}

// A privileged container also has the host's devices, which no flag of a bundle gives. Its filter is refused rather
// than taken out because such a command is meant to run without the bundle's.
std::optional<Error> reason_to_refuse(const ConfinementOption& option) {
  if (option.kind == ConfinementKind::privileged)
    return Error{"verify", "COMMAND has " + option.text + ", which switches the policy off",
                 "leave it out, and give the devices that the program needs with --device"};
  if (option.kind == ConfinementKind::seccomp)
    return Error{"verify",
                 "COMMAND has a filter of its own, which would take the place of the bundle's: " + option.text,
                 "leave it out, here and wherever you use the bundle's flags"};
  return std::nullopt;
}

void take_out(Words& words, const std::vector<RunOption>& options) {
  for (auto option = options.rbegin(); option != options.rend(); ++option) {
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(option->at);
    words.erase(begin, begin + static_cast<std::ptrdiff_t>(option->words));
  }
}

}  // namespace

std::vector<ConfinementOption> confinement_options(const Words& words, size_t at) {
  std::vector<ConfinementOption> found;
  for (const RunOption& option : run_options(words, at))
    if (auto one = confinement_of(option)) found.push_back(std::move(*one));
  return found;
}

Result<BundleConfinement> confinement_of_flags(const Words& flags) {
  BundleConfinement bundle;
  std::set<std::string> added;
  bool drops_all = false;
  for (const ConfinementOption& option : confinement_options(flags, 0)) {
    const bool no_filter = option.kind == ConfinementKind::seccomp && option.value == "unconfined";
    const bool all = option.kind == ConfinementKind::cap_add && option.names.contains("ALL");
    if (no_filter || all || (option.kind == ConfinementKind::privileged && option.on))
      return Error{"", "has " + option.text + ", which switches the bundle's policy off", "take it out of there"};
    if (option.kind == ConfinementKind::seccomp) bundle.seccomp = true;
    if (option.kind == ConfinementKind::apparmor) bundle.apparmor = option.value;
    if (option.kind == ConfinementKind::cap_add) added.insert(option.names.begin(), option.names.end());
    if (option.kind == ConfinementKind::cap_drop) drops_all = drops_all || option.names.contains("ALL");
    if (option.kind == ConfinementKind::read_only) bundle.read_only = option.on;
    if (option.kind == ConfinementKind::no_new_privileges) bundle.no_new_privileges = option.on;
  }
  if (drops_all) bundle.capabilities = std::move(added);
  return bundle;
}

Result<CleanedCommand> without_replaced(const Words& command, size_t at, const Words& flags,
                                        const std::function<bool(const std::string&)>& is_own_filter) {
  const auto bundle = confinement_of_flags(flags);
  if (!bundle) return bundle.error();
  const auto own = run_options(flags, 0);
  CleanedCommand cleaned{command, {}};
  std::vector<RunOption> out;
  for (const RunOption& option : run_options(command, at)) {
    const auto confines = confinement_of(option);
    const bool is_flag = std::ranges::any_of(own, [&](const RunOption& one) { return is_same(one, option); });
    const bool same = confines && confines->kind == ConfinementKind::seccomp && is_own_filter(confines->value);
    if (!is_flag && !same) {
      if (!confines || !overrides(*confines, *bundle)) continue;
      if (auto refused = reason_to_refuse(*confines)) return *refused;
      cleaned.left_out.push_back(confines->text);
    }
    out.push_back(option);
  }
  take_out(cleaned.words, out);
  return cleaned;
}

}  // namespace profilegen
