// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <utility>

#include "profilegen/apparmor.h"
#include "profilegen/process/helper_process.h"
#include "profilegen/process/small_file.h"

namespace profilegen {
namespace {

constexpr const char* kEnabled = "/sys/module/apparmor/parameters/enabled";
constexpr const char* kLoaded = "/sys/kernel/security/apparmor/profiles";

bool is_enabled() { return read_small_file(kEnabled).starts_with('Y'); }

bool is_loaded(const std::string& profile) {
  std::ifstream file(kLoaded);
  for (std::string line; std::getline(file, line);)
    if (line.starts_with(profile + " (")) return true;
  return false;
}

}  // namespace

Result<LoadedAppArmor> LoadedAppArmor::load(const std::string& file, const std::string& profile) {
  if (!is_enabled())
    return Error{"AppArmor", "is not enabled in this kernel", "verify without --apparmor, or elsewhere"};
  const bool stays = is_loaded(profile);
  const auto loaded = run_helper_and_explain({"apparmor_parser", "--replace", "--skip-cache", file});
  if (!loaded) return loaded.error();
  return LoadedAppArmor(stays ? "" : file);
}

LoadedAppArmor::LoadedAppArmor(LoadedAppArmor&& other) noexcept : to_remove_(std::exchange(other.to_remove_, "")) {}

LoadedAppArmor::~LoadedAppArmor() {
  // Errors are ignored: a profile that could not be removed is used by nothing.
  if (!to_remove_.empty()) (void)run_helper({"apparmor_parser", "--remove", to_remove_});
}

}  // namespace profilegen
