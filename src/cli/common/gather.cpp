// SPDX-License-Identifier: Apache-2.0
#include "common/gather.h"

#include <algorithm>
#include <deque>
#include <future>
#include <thread>
#include <variant>

#include "common/input.h"
#include "profilegen/input_file.h"
#include "profilegen/runtime_calls.h"

namespace profilegen::cli {

namespace {

struct Parsed {
  std::string object;
  std::variant<std::string, Trace, Profile> content;  ///< a seccomp filter as its text
};

template <typename T>
Result<Parsed> parsed(const std::string& object, Result<T> content) {
  if (!content) return content.error();
  Parsed file;
  file.object = object;
  file.content = std::move(*content);
  return file;
}

Result<Parsed> parse_file(const std::string& path) {
  auto input = read_file(path);
  if (!input) return input.error();
  switch (input->kind) {
    case InputKind::trace:
      return parsed(input->object, parse_trace(input->text, input->object));
    case InputKind::profile:
      return parsed(input->object, parse_profile(input->text, input->object));
    case InputKind::seccomp:
      break;
  }
  return Parsed{input->object, std::move(input->text)};
}

Status add(Gathered& gathered, Parsed&& parsed) {
  if (auto* trace = std::get_if<Trace>(&parsed.content)) {
    if (!gathered.trace) {
      gathered.trace = {parsed.object, std::move(*trace)};
      return Done{};
    }
    auto joined = merge_traces(std::move(gathered.trace->value), *trace);
    if (!joined) return joined.error();
    gathered.trace->value = std::move(*joined);
  } else if (auto* profile = std::get_if<Profile>(&parsed.content)) {
    if (gathered.profile)
      gathered.profile->value = merge_profiles(std::move(gathered.profile->value), std::move(*profile));
    else
      gathered.profile = {parsed.object, std::move(*profile)};
  } else {
    gathered.seccomp = {parsed.object, std::get<std::string>(std::move(parsed.content))};
  }
  return Done{};
}

/// The files that are read ahead: one for each processor, while another is joined. No more of them are in memory.
class Reader {
 public:
  explicit Reader(std::vector<std::string> paths) : paths_(std::move(paths)) { refill(); }

  [[nodiscard]] bool is_done() const { return ahead_.empty(); }
  /// In the order of the paths.
  Result<Parsed> next() {
    Result<Parsed> file = ahead_.front().get();
    ahead_.pop_front();
    refill();
    return file;
  }

 private:
  void refill() {
    const size_t most = std::max(1U, std::thread::hardware_concurrency()) + 1;
    for (; ahead_.size() < most && begun_ < paths_.size(); ++begun_)
      ahead_.push_back(std::async(std::launch::async, parse_file, paths_[begun_]));
  }

  std::vector<std::string> paths_;
  size_t begun_ = 0;
  std::deque<std::future<Result<Parsed>>> ahead_;
};

Result<std::vector<std::string>> files_of_all(const std::vector<std::string>& arguments) {
  std::vector<std::string> all;
  for (const auto& argument : arguments) {
    if (argument.empty()) return Error{"", "an empty file name was given"};
    const auto files = files_of(argument);
    if (!files) return files.error();
    all.insert(all.end(), files->begin(), files->end());
  }
  return all;
}

}  // namespace

Result<Gathered> gather(const std::vector<std::string>& arguments) {
  if (std::count(arguments.begin(), arguments.end(), "-") > 1) return Error{input_name("-"), "can be read only once"};
  auto files = files_of_all(arguments);
  if (!files) return files.error();
  Gathered gathered;
  for (Reader reader(std::move(*files)); !reader.is_done();) {
    auto file = reader.next();
    if (!file) return file.error();
    if (Status added = add(gathered, std::move(*file)); !added) return added.error();
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
