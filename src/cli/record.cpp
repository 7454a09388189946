// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>

#include "common/checkpoint_files.h"
#include "common/counted.h"
#include "common/duration.h"
#include "common/subcommand.h"
#include "live/view.h"
#include "profilegen/capabilities.h"
#include "profilegen/capability_demand.h"
#include "profilegen/recorder.h"
#include "profilegen/terminal_text.h"

namespace profilegen::cli {

namespace {

namespace fs = std::filesystem;

/// The exit status when `record` itself fails. Any other is COMMAND's, as with env(1), timeout(1) and docker run.
constexpr int kOwnFailure = 125;

struct Options {
  std::string output = "profilegen-trace.json";
  std::vector<std::string> containers;
  bool all_containers = false;
  int pid = 0;
  std::optional<std::string> duration;
  std::string checkpoint = "10s";
  bool many_arguments = false;
  std::vector<std::string> hooks;
  std::vector<std::pair<std::string, std::string>> sizes;
  std::vector<std::string> command;
};

/// The command line must say what to record, and in one way only.
Status check_subject(const Options& options) {
  const Error see{"record", "", "see profilegen record --help"};
  const bool containers = options.all_containers || !options.containers.empty();
  if (options.command.empty() && !containers && options.pid == 0)
    return Error{see.object, "needs a COMMAND, --container, --all-containers or --pid", see.hint};
  if (options.pid != 0 && !options.command.empty())
    return Error{see.object, "--pid names a running process, and COMMAND starts a new one", "give one of them"};
  if (options.pid != 0 && containers)
    return Error{see.object, "--pid records a process tree, not containers", "give --pid alone, or only the others"};
  if (options.all_containers && !options.containers.empty())
    return Error{see.object, "--all-containers already includes all that --container can match", "give one of them"};
  return Done{};
}

Result<RecordOptions> request_of(const Options& options, const Console& console) {
  if (Status checked = check_subject(options); !checked) return checked.error();
  RecordOptions request;
  request.command = options.command;
  request.containers = options.containers;
  request.all_containers = options.all_containers;
  request.pid = options.pid;
  request.many_arguments = options.many_arguments;
  if (options.duration) {
    const auto duration = parse_duration("--duration", *options.duration);
    if (!duration) return duration.error();
    request.duration = *duration;
  }
  const auto hooks = parse_forced_rungs(options.hooks);
  if (!hooks) return hooks.error();
  request.hooks = *hooks;
  for (const auto& [name, size] : options.sizes)  // text that is not a number becomes 0, which is not a valid size
    request.sizes[name] = static_cast<uint32_t>(std::strtoul(size.c_str(), nullptr, 10));
  request.say = [&console](const std::string& line) { console.note(line); };
  return request;
}

bool is_directory_name(const std::string& path) {
  std::error_code ignored;
  return path.ends_with('/') || fs::is_directory(path, ignored);
}

/// Checked before COMMAND starts, which may run for an hour. A missing directory for traces is created, but its parent
/// is not.
Status check_output(const std::string& output) {
  if (output == "-") return Done{};
  if (output.empty()) return Error{"-o", "is an empty file name", "choose another"};
  std::error_code ignored;
  const fs::path path(output);
  if (struct stat status{}; stat(output.c_str(), &status) != 0 && errno != ENOENT && errno != ENOTDIR)
    return Error{output, "can't be written to", "choose another -o", errno};
  fs::path directory = path.parent_path();
  if (fs::is_directory(path, ignored))
    directory = path;
  else if (output.ends_with('/') && !fs::exists(directory, ignored))
    directory = directory.parent_path();
  const std::string name = directory.empty() ? "." : directory.string();
  if (!fs::is_directory(name, ignored)) return Error{name, "is not a directory", "make it, or choose another -o"};
  if (access(name.c_str(), W_OK) != 0) return Error{name, "can't be written to", "choose another -o", errno};
  return Done{};
}

/// Creates the directory for several traces: `output` itself or, when there is a file of that name, `output`.d. Whoever
/// then writes there finds out if that failed.
std::string directory_for(const std::string& output) {
  std::error_code ignored;
  const std::string directory = fs::is_regular_file(output, ignored) ? output + ".d" : output;
  mkdir(directory.c_str(), 0777);
  return directory.ends_with('/') ? directory : directory + "/";
}

/// Saves a trace that can't be saved where it should be in a new directory for temporary files, and returns the error
/// with the name of that file.
Error rescued(const Recording& recording, Error error) {
  std::error_code failed;
  // A new directory of our own: in a shared one another user could have put a link under a name that is easy to guess.
  std::string directory = (fs::temp_directory_path(failed) / "profilegen.XXXXXX").string();
  if (failed || !mkdtemp(directory.data())) return error;
  const std::string rescue = directory + "/" + trace_file_name(recording.name);
  if (save_trace(recording.trace, recording.files, rescue))
    error.hint = "the trace was saved as " + rescue + " instead";
  else
    fs::remove(directory, failed);
  return error;
}

/// Writes the trace. If that fails, for example because the disk is full, saves it elsewhere.
Status save(const Recording& recording, const std::string& path, bool several) {
  if (path == "-" && several)
    return rescued(recording, {"record", "the traces of several containers can't go to standard output"});
  Status saved = save_trace(recording.trace, recording.files, path);
  return saved ? saved : rescued(recording, saved.error());
}

std::vector<std::pair<std::string, const Recording*>> places(const Options& options, const RecordOutcome& outcome) {
  std::vector<std::pair<std::string, const Recording*>> files;
  const bool one_file = options.output == "-" || (outcome.recordings.size() == 1 && !is_directory_name(options.output));
  const std::string directory = one_file ? "" : directory_for(options.output);
  for (const Recording& recording : outcome.recordings)
    files.emplace_back(one_file ? options.output : directory + trace_file_name(recording.name), &recording);
  return files;
}

std::string summary(const std::string& path, const Recording& recording) {
  size_t calls = 0;
  for (const auto& [key, evidence] : recording.trace.syscalls) calls += key.phase == Phase::app ? 1 : 0;
  size_t writes = 0;
  recording.files([&writes](const FileKey& key, const FileFact&) { writes += file_op_writes(key.op) ? 1 : 0; });
  const size_t starts = recording.trace.runs.size();
  return fmt::format("{}: {}{}: {}, {}", path, terminal_text(recording.name),
                     starts > 1 ? fmt::format(", started {} times", starts) : "",
                     counted(calls, "system call", "system calls"),
                     counted(writes, "change to files", "changes to files"));
}

/// An engine says only that its runtime may not do it.
void tell_unstarted(const RecordOutcome& outcome, const Console& console) {
  for (const Recording& recording : outcome.unstarted)
    for (const auto& [key, fact] : recording.trace.capabilities)
      if (is_refused_demand(key))
        console.note(fmt::format("{} could not start: {} demands CAP_{}, which the container lacks: give --cap-add={}",
                                 recording.name, terminal_text(key.call_site), capability_name(key.number),
                                 capability_name(key.number)));
}

/// Returns 0 or kOwnFailure.
int write_traces(const Options& options, const RecordOutcome& outcome, const CheckpointFiles& checkpoint,
                 const Console& console) {
  tell_unstarted(outcome, console);
  if (outcome.recordings.empty())
    return fail({"record", "no container was recorded", "none that was asked for has started"}, kOwnFailure);
  int status = 0;
  for (const auto& [path, recording] : places(options, outcome)) {
    if (Status saved = save(*recording, path, outcome.recordings.size() > 1); !saved)
      status = fail(saved.error(), kOwnFailure);
    else
      console.note(summary(path, *recording));
  }
  if (status == 0 && outcome.checkpointed) checkpoint.remove();
  return status;
}

/// Asks for regular checkpoints, unless they are switched off or the traces go to a pipe.
Status request_checkpoints(const Options& options, const CheckpointFiles& files, const Console& console,
                           RecordOptions& request) {
  if (options.checkpoint == "0" || files.path().empty()) return Done{};
  const auto period = parse_duration("--checkpoint", options.checkpoint);
  if (!period) return period.error();
  if (files.is_left())
    console.note(files.path() + ": was left by a recording that was killed; checkpoints of this one replace it");
  request.checkpoint = *period;
  request.save_checkpoint = [&files, &console](const RecordOutcome& so_far) {
    if (Status saved = files.save(so_far); !saved) console.note("no checkpoint: " + saved.error().line());
  };
  return Done{};
}

int run(const Options& options, const Console& console) {
  auto request = request_of(options, console);
  if (!request) return fail(request.error(), kOwnFailure);
  if (Status usable = check_output(options.output); !usable) return fail(usable.error(), kOwnFailure);
  const CheckpointFiles checkpoint(options.output);
  if (Status usable = request_checkpoints(options, checkpoint, console, *request); !usable)
    return fail(usable.error(), kOwnFailure);
  LiveView view(console);
  view.follow(*request);
  const auto outcome = record(*request);
  if (outcome && outcome->wait_for_command)
    view.clear();
  else
    view.end();
  if (!outcome) return fail(outcome.error(), kOwnFailure);
  console.detail(fmt::format("{} events came from the kernel", outcome->events));
  if (!outcome->command_started) return fail({"", outcome->failure}, outcome->exit_status);
  const int own = write_traces(options, *outcome, checkpoint, console);
  const int commands = outcome->wait_for_command ? outcome->wait_for_command() : outcome->exit_status;
  return own == 0 || (outcome->recordings.empty() && commands != 0) ? commands : own;
}

std::vector<Option> options_of(Options& options) {
  return {
      {.name = "-o,--output",
       .into = &options.output,
       .text = "File for the trace; a directory (PATH/) for several containers; - is standard output",
       .value = "PATH",
       .show_default = true},
      {.name = "--container",
       .into = &options.containers,
       .text = "Record the containers whose name, id or image matches; may be repeated",
       .value = "GLOB",
       .one_at_a_time = true},
      {.name = "--all-containers", .into = &options.all_containers, .text = "Record every container of every engine"},
      {.name = "--pid",
       .into = &options.pid,
       .text =
           "Record a running process and its descendants from now on, and only these even if it runs in a container",
       .value = "PID",
       .range = {{1, 1 << 22}}},
      {.name = "--duration",
       .into = &options.duration,
       .text = "End the recording after this time: 30, 30s, 5m, 1h30m, 500ms",
       .value = "TIME"},
      {.name = "--hooks",
       .into = &options.hooks,
       .text = "Record this kind of fact with this hook and no other, e.g. capabilities=kprobe; may be repeated",
       .value = "FACT=NAME",
       .one_at_a_time = true},
      {.name = "--checkpoint",
       .into = &options.checkpoint,
       .text =
           "How often to save what was recorded so far as PATH.checkpoint, which is left when the recorder is killed; "
           "0 for never",
       .value = "TIME",
       .show_default = true},
      {.name = "--sizes", .into = &options.sizes, .text = "", .one_at_a_time = true, .hidden = true},  // for tests
      {.name = "--args",
       .into = &options.many_arguments,
       .text = "Record up to 256 different sets of arguments of each call instead of 32; with more, any are allowed"},
      {.name = "COMMAND", .into = &options.command, .text = "Command to run, after --"},
  };
}

constexpr const char* kFooter =
    "COMMAND and all that it starts are recorded. When COMMAND is a container engine's client (docker run, start,\n"
    "restart, exec or compose), the containers that it starts are recorded instead, until they stop.\n"
    "Without COMMAND the recording ends with Ctrl-C, SIGTERM or --duration; with --pid also when the process ends.\n"
    "--duration does not stop COMMAND: the trace is written at once, COMMAND goes on unrecorded, and record waits for\n"
    "its end. To stop COMMAND too: timeout 5m profilegen record -- COMMAND.\n"
    "The exit status is COMMAND's; 125 when the recording failed, 126 or 127 when COMMAND can't be run or found.\n"
    "\nExamples:\n"
    "  sudo profilegen record -- docker run --rm IMAGE\n"
    "  sudo profilegen record --container 'web*' -- ./integration-tests.sh\n"
    "  sudo profilegen record --all-containers --duration 10m -o traces/\n"
    "  sudo profilegen record --pid 4711\n"
    "  sudo profilegen record -o trace.json -- python3 app.py\n";

}  // namespace

Command add_record() {
  auto options = std::make_shared<Options>();
  return {
      .options = options_of(*options),
      .footer = kFooter,
      .run = [options](const Console& console) { return run(*options, console); },
      .usage_error = kOwnFailure,
      .verbatim = &options->command,
      .records = true,
  };
}

}  // namespace profilegen::cli
