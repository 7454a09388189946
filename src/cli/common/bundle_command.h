// SPDX-License-Identifier: Apache-2.0
// The user's command as verify runs it: with a bundle's flags, and without what these replace.
#pragma once

#include <string>
#include <vector>

#include "profilegen/confinement.h"
#include "profilegen/engine.h"
#include "profilegen/profile.h"
#include "profilegen/result.h"

namespace profilegen::cli {

/// Parses the client command, which must start one container.
Result<ClientCommand> client_of(const std::vector<std::string>& command);

/// A bundle's flags, as the shell splits them. Of a filter alone the only one.
class BundleFlags {
 public:
  /// Reads the flags as they are in the bundle, because people edit them. emit writes none for podman: a bundle has
  /// podman.flags only if somebody put the file there.
  static Result<BundleFlags> of_bundle(const ClientCommand& client, const Profile& profile, const std::string& bundle);
  static BundleFlags of_filter(const std::string& file);

  void add(const std::string& flag) { words_.push_back(flag); }
  /// What they say about confinement, and the profile beside them: a bundle whose flags leave something out is not in
  /// force. Fails for flags that switch the policy off.
  [[nodiscard]] Result<BundleConfinement> confinement(const Profile& profile) const;
  /// `left_out` gets the options that were taken out of the command. The flags name this file as the filter.
  [[nodiscard]] Result<std::vector<std::string>> put_into(const std::vector<std::string>& command,
                                                          const ClientCommand& client, const std::string& filter,
                                                          std::vector<std::string>& left_out) const;

 private:
  BundleFlags(std::vector<std::string> words, std::string file, std::string filter)
      : words_(std::move(words)), file_(std::move(file)), own_filter_(std::move(filter)) {}
  std::vector<std::string> words_;
  std::string file_;        ///< that they were read from; empty for a filter alone
  std::string own_filter_;  ///< the file of the bundle's filter
};

}  // namespace profilegen::cli
