// SPDX-License-Identifier: Apache-2.0
#include "files/condense.h"

#include "profilegen/permissions.h"

namespace profilegen {

void allow(FileTexts& files, const std::string& text, const std::string& permissions) {
  std::string& known = files[text];
  known = join_permissions(known, permissions);
}

void condense(FileTexts& files) {
  condense_numbers(files);
  condense_directories(files);
  condense_suffixes(files);
}

}  // namespace profilegen
