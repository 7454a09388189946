// SPDX-License-Identifier: Apache-2.0
// Shared by the tests of formats for container engines.
#pragma once

#include <string>

#include "profilegen/profile.h"

inline profilegen::Profile container() {
  profilegen::Profile profile;
  profile.container = true;
  return profile;
}

inline bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}
