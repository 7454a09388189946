// SPDX-License-Identifier: Apache-2.0
#include "profilegen/trace.h"

namespace profilegen {

bool is_root(const Subject& subject) {
  const std::string user = subject.user.substr(0, subject.user.find(':'));
  return !subject.engine.empty() && (user.empty() || user == "root" || user == "0");
}

std::string subject_name(const Subject& subject) {
  if (!subject.container_name.empty()) return subject.container_name;
  if (!subject.image.empty()) return subject.image;
  if (!subject.command.empty()) return subject.command.front();
  return "an unnamed command";
}

}  // namespace profilegen
