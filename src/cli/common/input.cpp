// SPDX-License-Identifier: Apache-2.0
#include "common/input.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "profilegen/input_file.h"
#include "profilegen/json_reader.h"
#include "profilegen/seccomp_manifest.h"

namespace profilegen::cli {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kTraceSuffix = ".trace.json";

/// Looks at the keys of the outermost object only, and stops as soon as the kind is known. It builds no tree, so it
/// does not matter how deeply the text is nested.
class KindFinder : public json::json_sax_t {
 public:
  std::optional<InputKind> kind;

  bool key(json::string_t& name) override {
    if (depth_ != 1) return true;
    if (name == "profilegen_trace" && first_) kind = InputKind::trace;
    if (name == "profilegen_profile" && first_) kind = InputKind::profile;
    if (name == "defaultAction") kind = InputKind::seccomp;
    first_ = false;
    return !kind;
  }
  bool start_object(size_t) override { return enter(); }
  bool end_object() override { return leave(); }
  bool start_array(size_t) override { return enter(); }
  bool end_array() override { return leave(); }
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(json::number_integer_t) override { return true; }
  bool number_unsigned(json::number_unsigned_t) override { return true; }
  bool number_float(json::number_float_t, const json::string_t&) override { return true; }
  bool string(json::string_t&) override { return true; }
  bool binary(json::binary_t&) override { return true; }
  bool parse_error(size_t, const std::string&, const json::exception&) override { return false; }

 private:
  bool enter() {
    ++depth_;
    return true;
  }
  bool leave() {
    --depth_;
    return true;
  }

  size_t depth_ = 0;
  bool first_ = true;
};

Result<InputKind> kind_of(const std::string& text, const std::string& object) {
  KindFinder finder;
  json::sax_parse(text, &finder);
  if (finder.kind) return *finder.kind;
  const auto document = JsonDocument::parse(text, object);
  if (!document) return document.error();
  return Error{object, "is neither a trace nor a profile nor a seccomp filter"};
}

Result<std::vector<std::string>> files_in(const std::string& directory) {
  std::error_code error;
  std::vector<std::string> traces;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().filename().string().ends_with(kTraceSuffix)) traces.push_back(entry->path().string());
  }
  if (error) return Error{directory, "cannot be read", "", error.value()};
  const std::string profile = (fs::path(directory) / "profile.json").string();
  const bool bundle = fs::exists(profile, error);
  if (!traces.empty() && bundle) {
    return Error{directory, "holds both *.trace.json and profile.json", "name the files that are meant"};
  }
  if (bundle) return std::vector<std::string>{profile};
  if (traces.empty()) return Error{directory, "is a directory without *.trace.json and profile.json"};
  std::sort(traces.begin(), traces.end());
  return traces;
}

}  // namespace

Result<std::vector<NamedFilter>> read_filters(const std::string& path) {
  auto text = read_input(path);
  if (!text) return text.error();
  const std::string object = input_name(path);
  const auto kind = kind_of(*text, object);
  if (kind && kind.value() == InputKind::seccomp) return std::vector<NamedFilter>{{"", std::move(*text)}};
  if (kind) return Error{object, "is no seccomp filter"};
  auto filters = filters_in_manifest(*text, object);
  if (filters && filters->empty()) return kind.error();
  return filters;
}

Result<std::vector<std::string>> files_of(const std::string& argument) {
  std::error_code error;  // an error here is reported when the file is opened
  if (argument != "-" && fs::is_directory(argument, error)) return files_in(argument);
  return std::vector<std::string>{argument};
}

Result<InputFile> read_file(const std::string& path) {
  auto text = read_input(path);
  if (!text) return text.error();
  const std::string object = input_name(path);
  const auto kind = kind_of(*text, object);
  if (kind) return InputFile{object, kind.value(), std::move(*text)};
  const auto filters = filters_in_manifest(*text, object);
  if (!filters) return filters.error();
  if (filters->empty()) return kind.error();
  auto filter = only_filter(*filters, object);
  if (!filter) return filter.error();
  return InputFile{object, InputKind::seccomp, std::move(*filter)};
}

}  // namespace profilegen::cli
