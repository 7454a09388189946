// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/small_file.h"

#include <fstream>
#include <sstream>

namespace profilegen {

std::string read_small_file(const std::string& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  return text.str();
}

}  // namespace profilegen
