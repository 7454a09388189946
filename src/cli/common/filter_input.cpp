// SPDX-License-Identifier: Apache-2.0
#include "common/filter_input.h"

#include <filesystem>

#include "common/bundle_file.h"
#include "common/input.h"
#include "profilegen/emitter.h"
#include "profilegen/seccomp.h"

namespace profilegen::cli {

namespace {

namespace fs = std::filesystem;

Result<FilterInput> read_bundle(const std::string& directory) {
  const std::string file = fs::path(directory) / "seccomp.json";
  if (Status checked = check_bundle_file(directory, "profile.json"); !checked) return checked.error();
  auto profile = load_profile(fs::path(directory) / "profile.json");
  if (!profile) return profile.error();
  auto text = read_bundle_file(directory, "seccomp.json");
  if (!text) return text.error();
  return FilterInput{file, std::move(*text), std::move(*profile)};
}

Result<FilterInput> filter_of_profile(const InputFile& input) {
  auto profile = parse_profile(input.text, input.object);
  if (!profile) return profile.error();
  auto text = find_emitter("seccomp")->emit({*profile, ""});
  if (!text) return text.error();
  return FilterInput{input.object, std::move(*text), std::move(*profile)};
}

}  // namespace

Result<FilterInput> read_filter(const std::string& argument) {
  std::error_code error;  // an error here is reported when the file is opened
  if (argument != "-" && fs::is_directory(argument, error)) return read_bundle(argument);
  auto input = read_file(argument);
  if (!input) return input.error();
  if (input->kind == InputKind::trace)
    return Error{input->object, "is a recording, which has no filter yet", "emit a policy of it first"};
  if (input->kind == InputKind::profile) return filter_of_profile(*input);
  return FilterInput{input->object, std::move(input->text), {}};
}

LintRequest request_of(const FilterInput& input) {
  LintRequest request{input.object, input.text, {}, {}, docker_default().capabilities};
  if (!input.profile) return request;
  request.runtimes = input.profile->runtimes;
  request.no_new_privileges = input.profile->no_new_privileges;
  request.capabilities = input.profile->capabilities;
  return request;
}

}  // namespace profilegen::cli
