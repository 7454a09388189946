// SPDX-License-Identifier: Apache-2.0
#include "read_enum.h"
#include "run_json.h"
#include "subject_fields.h"

namespace profilegen {
namespace {

constexpr std::array kLossNames = {
#define LOSS(id, name, what) std::string_view(name),
#include "profilegen/loss.def"
#undef LOSS
};

constexpr uint32_t kMaxMode = 07777;

std::string read_absolute_path(const JsonValue& value) {
  std::string path = value.path_text();
  if (!path.starts_with('/')) value.fail("must be an absolute path");
  return path;
}

RunId read_run_id(const JsonValue& value) {
  RunId id = value.string();
  const bool is_hex = id.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (id.size() != 16 || !is_hex) value.fail("must be 16 hexadecimal digits in small letters");
  return id;
}

Subject read_subject(const JsonValue& row) {
  row.keys({"engine", "engine_version", "container_id", "container_name", "image", "image_digest", "user", "runtime",
            "runtime_version", "no_new_privileges", "read_only_root", "own_network", "seccomp_confined", "command"},
           {"loosened"});
  Subject subject;
  for (const auto& [name, member] : kSubjectTexts) subject.*member = row.at(name).path_text();
  for (const auto& [name, member] : kSubjectFlags) subject.*member = row.at(name).boolean();
  row.at("command").elements([&](JsonValue argument) { subject.command.push_back(argument.path_text()); });
  if (row.has("loosened"))
    row.at("loosened").elements([&](JsonValue option) { subject.loosened.push_back(option.path_text()); });
  return subject;
}

HookUse read_hook(const JsonValue& row) {
  row.keys({"fact", "hook", "blind"});
  return {row.at("fact").path_text(), row.at("hook").path_text(), row.at("blind").path_text()};
}

Mount read_mount(const JsonValue& row) {
  row.keys({"path", "type", "source", "origin", "read_only"});
  Mount mount;
  mount.path = read_absolute_path(row.at("path"));
  mount.type = row.at("type").path_text();
  mount.source = row.at("source").path_text();
  mount.origin = mount_origins()[read_choice(row.at("origin"), mount_origins())];
  mount.read_only = row.at("read_only").boolean();
  return mount;
}

ImageDirectory read_directory(const JsonValue& row) {
  row.keys({"path", "in_image", "has_content", "mode", "uid", "gid"});
  ImageDirectory directory;
  directory.path = read_absolute_path(row.at("path"));
  directory.in_image = row.at("in_image").boolean();
  directory.has_content = row.at("has_content").boolean();
  directory.mode = row.at("mode").number32(kMaxMode);
  directory.uid = row.at("uid").number32();
  directory.gid = row.at("gid").number32();
  return directory;
}

RestrictedPath read_restricted(const JsonValue& row) {
  row.keys({"path", "mode", "uid", "gid"});
  return {.path = read_absolute_path(row.at("path")),
          .mode = row.at("mode").number32(kMaxMode),
          .uid = row.at("uid").number32(),
          .gid = row.at("gid").number32()};
}

DirectorySize read_size(const JsonValue& row) {
  row.keys({"path", "bytes"});
  return {.path = read_absolute_path(row.at("path")), .bytes = row.at("bytes").number(INT64_MAX, 1)};
}

void read_peaks(const JsonValue& peaks, Run& run) {
  peaks.members([&](const std::string& name, JsonValue value) {
    if (std::ranges::find(peak_names(), name) == peak_names().end())
      return value.fail("is not a peak that this profilegen knows");
    run.peaks[name] = value.number(INT64_MAX, 1);
  });
}

void read_loss(const JsonValue& counters, Run& run) {
  counters.members([&](const std::string& name, JsonValue events) {
    if (std::find(kLossNames.begin(), kLossNames.end(), name) == kLossNames.end()) {
      events.fail("is not a loss counter that this profilegen knows");
    }
    run.loss[name] = events.number(UINT64_MAX, 1);
  });
}

void read_marks(const JsonValue& marks, Run& run) {
  marks.elements([&](JsonValue mark) {
    if (!run.marks.insert(read_enum<Mark>(mark)).second) mark.fail("is given twice");
  });
}

}  // namespace

std::pair<RunId, Run> run_from_json(const JsonValue& row) {
  row.keys({"id", "kernel", "arch", "duration", "subject", "hooks", "loss", "marks", "io_uring", "mounts",
            "directories", "restricted", "sizes", "peaks"},
           {"reread", "remade"});
  Run run;
  run.kernel = row.at("kernel").path_text();
  run.arch = read_enum<Arch>(row.at("arch"));
  run.duration = row.at("duration").number(UINT64_MAX);
  run.subject = read_subject(row.at("subject"));
  row.at("hooks").elements([&](JsonValue hook) { run.hooks.push_back(read_hook(hook)); });
  read_loss(row.at("loss"), run);
  read_marks(row.at("marks"), run);
  run.io_uring = row.at("io_uring").boolean();
  row.at("mounts").elements([&](JsonValue mount) { run.mounts.push_back(read_mount(mount)); });
  row.at("directories").elements([&](JsonValue directory) { run.directories.push_back(read_directory(directory)); });
  row.at("restricted").elements([&](JsonValue path) { run.restricted.push_back(read_restricted(path)); });
  row.at("sizes").elements([&](JsonValue size) { run.sizes.push_back(read_size(size)); });
  for (const auto& [name, paths] : {std::pair("reread", &run.reread), std::pair("remade", &run.remade)})
    if (row.has(name))
      row.at(name).elements([&, into = paths](JsonValue path) { into->push_back(read_absolute_path(path)); });
  read_peaks(row.at("peaks"), run);
  return {read_run_id(row.at("id")), std::move(run)};
}

}  // namespace profilegen
