// SPDX-License-Identifier: Apache-2.0
// What all tests of the command line use: the binary, a scratch directory and the traces in fixtures/.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "runner/program.h"

using Arguments = std::vector<std::string>;

/// A working directory that is removed at the end of the test.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  [[nodiscard]] Outcome profilegen(const Arguments& arguments, const std::string& input = "") const;
  [[nodiscard]] Outcome profilegen_to(Stdout output, const Arguments& arguments,
                                      const std::vector<std::string>& environment = {}) const;
  void write(const std::string& file, const std::string& text) const;
  [[nodiscard]] std::string read(const std::string& file) const;
  [[nodiscard]] bool exists(const std::string& file) const { return std::filesystem::exists(path_ / file); }
  /// Name and content of each file in the directory.
  [[nodiscard]] std::map<std::string, std::string> snapshot(const std::string& directory) const;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string fixture(const std::string& file);       ///< path of a fixture
std::string fixture_text(const std::string& file);  ///< content of a fixture
std::string replaced(std::string text, const std::string& from, const std::string& to);
