// SPDX-License-Identifier: Apache-2.0
#include "paths/lexical_path.h"

#include <algorithm>
#include <vector>

namespace profilegen {

std::string fold_path(const std::string& path) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin < path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    begin = end + 1;
  }
  std::string folded;
  for (const auto& part : parts) folded += "/" + part;
  return folded.empty() ? "/" : folded;
}

}  // namespace profilegen
