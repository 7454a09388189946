// SPDX-License-Identifier: Apache-2.0
#include "common/bundle_command.h"

#include <cstdlib>
#include <filesystem>

#include "common/bundle_file.h"
#include "profilegen/confinement_options.h"
#include "profilegen/emitted_flags.h"
#include "profilegen/emitter.h"

namespace profilegen::cli {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr std::string_view kFilterOption = "--security-opt=seccomp=";

// The flags have the path under which the bundle was emitted.
Words with_filter(Words flags, const std::string& filter) {
  for (const ConfinementOption& option : confinement_options(flags, 0)) {
    if (option.kind != ConfinementKind::seccomp) continue;
    flags[option.at] = option.words == 1 ? std::string(kFilterOption) + filter : flags[option.at];
    if (option.words == 2) flags[option.at + 1] = "seccomp=" + filter;
  }
  return flags;
}

Result<Words> emitted_for_podman(const Profile& profile, const std::string& bundle) {
  const auto text = find_emitter("podman")->emit({profile, bundle});
  if (!text) return text.error();
  Words words;
  for (const FlagWord& word : flag_words(*text)) words.push_back(word.text);
  return words;
}

}  // namespace

Result<ClientCommand> client_of(const Words& command) {
  std::error_code ignored;
  const char* project = std::getenv("COMPOSE_PROJECT_NAME");
  const ClientCommand client =
      parse_client_command(command, fs::current_path(ignored).string(), project == nullptr ? "" : project);
  if (client.kind == ClientCommand::Kind::run) return client;
  if (client.kind == ClientCommand::Kind::compose)
    return Error{"verify", "COMMAND is compose: verify puts a bundle only into a run command",
                 "give docker run with the service's image and options after --"};
  return Error{"verify", "COMMAND starts no container: it is not an engine's run command",
               "give docker run … IMAGE, or the same with podman or nerdctl, after --"};
}

Result<BundleFlags> BundleFlags::of_bundle(const ClientCommand& client, const Profile& profile,
                                           const std::string& bundle) {
  const bool podman = client.engine->name == "podman";
  const char* name = podman ? "podman.flags" : "docker.flags";
  if (Status own = check_bundle_file(bundle, "seccomp.json"); !own) return own.error();
  auto words = podman && !is_in_bundle(bundle, name) ? emitted_for_podman(profile, bundle) : read_flags(bundle, name);
  if (!words) return words.error();
  return BundleFlags(std::move(*words), fs::path(bundle) / name, fs::path(bundle) / "seccomp.json");
}

BundleFlags BundleFlags::of_filter(const std::string& file) { return {{std::string(kFilterOption) + file}, "", file}; }

Result<BundleConfinement> BundleFlags::confinement(const Profile& profile) const {
  auto bundle = confinement_of_flags(words_);
  if (!bundle) return Error{file_, bundle.error().what, bundle.error().hint};
  if (file_.empty()) return bundle;
  bundle->seccomp = true;
  bundle->read_only = bundle->read_only || profile.read_only_root;
  bundle->no_new_privileges = bundle->no_new_privileges || profile.no_new_privileges;
  if (!bundle->capabilities) bundle->capabilities = profile.capabilities;
  return bundle;
}

Result<Words> BundleFlags::put_into(const Words& command, const ClientCommand& client, const std::string& filter,
                                    Words& left_out) const {
  const auto is_own = [this](const std::string& file) {
    std::error_code missing;
    return fs::equivalent(file, own_filter_, missing);
  };
  auto cleaned = without_replaced(command, client.after_subcommand, words_, is_own);
  if (!cleaned) return cleaned.error();
  left_out = std::move(cleaned->left_out);
  const Words flags = with_filter(words_, filter);
  Words& words = cleaned->words;
  words.insert(words.begin() + static_cast<std::ptrdiff_t>(client.after_subcommand), flags.begin(), flags.end());
  return std::move(words);
}

}  // namespace profilegen::cli
