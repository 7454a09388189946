// SPDX-License-Identifier: Apache-2.0
#include "scratch.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace fs = std::filesystem;

namespace {

std::string read_all(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Scratch::Scratch() {
  std::string pattern = fs::temp_directory_path() / "profilegen-cli-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
  path_ = pattern;
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

Outcome Scratch::profilegen(const Arguments& arguments, const std::string& input) const {
  Arguments command = {PROFILEGEN};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run_program({.command = command, .directory = path_, .input = input});
}

Outcome Scratch::profilegen_to(Stdout output, const Arguments& arguments,
                               const std::vector<std::string>& environment) const {
  Arguments command = {PROFILEGEN};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run_program({.command = command, .directory = path_, .environment = environment, .output = output});
}

void Scratch::write(const std::string& file, const std::string& text) const {
  fs::create_directories((path_ / file).parent_path());
  std::ofstream stream(path_ / file, std::ios::binary);
  stream << text;
  if (!stream.flush()) throw std::runtime_error("cannot write " + file);
}

std::string Scratch::read(const std::string& file) const { return read_all(path_ / file); }

std::map<std::string, std::string> Scratch::snapshot(const std::string& directory) const {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(path_ / directory)) {
    files[entry.path().filename()] = read_all(entry.path());
  }
  return files;
}

std::string fixture(const std::string& file) { return std::string(FIXTURES) + "/" + file; }

std::string fixture_text(const std::string& file) { return read_all(fixture(file)); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("nothing to replace: " + from);
  return text.replace(at, from.size(), to);
}
