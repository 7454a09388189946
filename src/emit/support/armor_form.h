// SPDX-License-Identifier: Apache-2.0
// The AppArmorProfile of Kubernetes' Security Profiles Operator: a form with a few lists, from which the operator
// writes an AppArmor profile (crd2armor in kubernetes-sigs/security-profiles-operator). It says less than AppArmor's
// language.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "profilegen/profile.h"

namespace profilegen {

struct ArmorForm {
  std::set<std::string> executables;  ///< rix
  std::set<std::string> libraries;    ///< rm
  std::set<std::string> read_only;    ///< r; writing is denied, whatever else allows it
  std::set<std::string> write_only;   ///< wlk; reading is denied likewise
  std::set<std::string> read_write;   ///< rwlk
  bool tcp = false;
  bool udp = false;
  bool raw = false;                    ///< raw sockets of any family
  std::vector<std::string> unsayable;  ///< what the recording needs and the form can't say, one clause each
  std::vector<std::string> wider;      ///< what the form allows beyond the recording, one clause each
};
ArmorForm armor_form(const Profile& profile);

}  // namespace profilegen
