// SPDX-License-Identifier: Apache-2.0
#include "common/gather.h"

#include <algorithm>

#include "common/input.h"
#include "profilegen/input_file.h"

namespace profilegen::cli {

namespace {

Status add_trace(Gathered& gathered, const InputFile& input) {
  auto trace = parse_trace(input.text, input.object);
  if (!trace) return trace.error();
  if (!gathered.trace) {
    gathered.trace = {input.object, std::move(*trace)};
    return Done{};
  }
  auto joined = merge_traces(std::move(gathered.trace->value), *trace);
  if (!joined) return joined.error();
  gathered.trace->value = std::move(*joined);
  return Done{};
}

Status add_profile(Gathered& gathered, const InputFile& input) {
  auto profile = parse_profile(input.text, input.object);
  if (!profile) return profile.error();
  if (!gathered.profile) {
    gathered.profile = {input.object, std::move(*profile)};
  } else {
    gathered.profile->value = merge_profiles(std::move(gathered.profile->value), *profile);
  }
  return Done{};
}

Status add_file(Gathered& gathered, const std::string& path) {
  const auto input = read_file(path);
  if (!input) return input.error();
  switch (input.value().kind) {
    case InputKind::trace:
      return add_trace(gathered, input.value());
    case InputKind::profile:
      return add_profile(gathered, input.value());
    case InputKind::seccomp:
      break;
  }
  gathered.seccomp = {input.value().object, input.value().text};
  return Done{};
}

}  // namespace

Result<Gathered> gather(const std::vector<std::string>& arguments) {
  if (std::count(arguments.begin(), arguments.end(), "-") > 1) return Error{input_name("-"), "can be read only once"};
  Gathered gathered;
  for (const auto& argument : arguments) {
    if (argument.empty()) return Error{"", "an empty file name was given"};
    const auto files = files_of(argument);
    if (!files) return files.error();
    for (const auto& file : files.value()) {
      if (Status added = add_file(gathered, file); !added) return added.error();
    }
  }
  return gathered;
}

Result<Profile> profile_of(const Gathered& gathered, const AnalyzeOptions& options) {
  if (!gathered.trace) {
    if (!options.runtimes.empty() || options.arguments)
      return Error{gathered.profile->object, "is a profile, which is settled",
                   "give the recording that it was made of"};
    return options.new_privileges ? with_new_privileges(gathered.profile->value) : gathered.profile->value;
  }
  auto analyzed = analyze(gathered.trace->value, options);
  if (!analyzed || !gathered.profile) return analyzed;
  return merge_profiles(std::move(*analyzed), gathered.profile->value);
}

}  // namespace profilegen::cli
