// SPDX-License-Identifier: Apache-2.0
#include "profilegen/emitter.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "common/bundle.h"
#include "common/counted.h"
#include "common/gather.h"
#include "common/subcommand.h"
#include "profilegen/capabilities.h"
#include "profilegen/companions.h"
#include "profilegen/explain.h"

namespace profilegen::cli {

namespace {

constexpr const char* kDefaultDirectory = "profilegen-out";
constexpr int kRefused = 1;

struct Options {
  std::vector<std::string> inputs;
  std::string directory;
  std::string format;
  std::vector<std::string> runtimes;
  std::string name = "app";
  bool arguments = false;
  bool new_privileges = false;
  bool no_new_privileges = false;
  bool no_companions = false;
  bool allow_incomplete = false;
  std::string most_unseen;  ///< a number; empty: no limit
};

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const auto& emitter : emitters()) names.emplace_back(emitter.name);
  return names;
}

std::string format_lines(bool in_bundle) {
  std::string text;
  for (const auto& emitter : emitters())
    if (emitter.in_bundle == in_bundle)
      text += fmt::format("  {:<16} {:<22} {}\n", emitter.name, emitter.file, emitter.help);
  return text;
}

std::string footer() {
  return "Formats, and their files in the bundle:\n" + format_lines(true) +
         "\nFormats that only --format prints, and a file name to store each under:\n" + format_lines(false) +
         "\nExamples:\n"
         "  profilegen emit profilegen-trace.json\n"
         "  docker run $(cat profilegen-out/docker.flags) IMAGE\n"
         "  profilegen emit traces/ profile.json -o policy\n"
         "  profilegen emit profilegen-trace.json --format seccomp > seccomp.json\n"
         "  profilegen emit profilegen-trace.json -o policy --format compose --name web > policy/compose.yaml\n";
}

Status check_options(const Options& options) {
  const Emitter* emitter = options.format.empty() ? nullptr : find_emitter(options.format);
  if (emitter != nullptr && emitter->needs_directory && options.directory.empty()) {
    return Error{"--format " + options.format, "points to other artifacts", "give the bundle's directory with -o"};
  }
  if (options.new_privileges && options.no_new_privileges)
    return Error{"--no-new-privileges", "contradicts --allow-new-privileges", "give one of them"};
  const bool plain = std::ranges::all_of(
      options.name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_'; });
  if (options.name.empty() || !plain)
    return Error{"--name " + options.name, "is not a valid name", "use letters, digits, '.', '-' and '_'"};
  if (options.directory == "-" && emitter == nullptr) {
    return Error{"-o -", "a bundle is several files and needs a directory", "use --format for one of them"};
  }
  return Done{};
}

bool is_amount(const std::string& text) {
  const bool plain = !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos;
  char* end = nullptr;
  return plain && std::strtod(text.c_str(), &end) >= 0 && *end == '\0';
}

std::string check_amount(const std::string& text) { return is_amount(text) ? "" : "must be a number, such as 1"; }

/// Whether the runs probably showed enough for --require-saturation. A profile alone can't tell: it has no runs.
bool accept_coverage(const Gathered& gathered, const Options& options) {
  if (options.most_unseen.empty()) return true;
  const Coverage coverage = gathered.trace ? coverage_of(gathered.trace->value) : Coverage{};
  if (coverage.runs < kLeastRuns) {
    print_error({"--require-saturation",
                 fmt::format("{} can't tell what was not seen", counted(coverage.runs, "run", "runs")),
                 fmt::format("record the tests at least {} times, and give all traces", kLeastRuns)});
    return false;
  }
  if (*coverage.unseen <= std::strtod(options.most_unseen.c_str(), nullptr)) return true;
  print_error({"--require-saturation",
               fmt::format("about {:.1f} items were probably not seen yet; one more run would probably show {:.1f}",
                           *coverage.unseen, *coverage.next_run),
               "record more runs; profilegen explain TRACE shows what only few runs needed"});
  return false;
}

Result<Profile> load(const Options& options, const Gathered& gathered, bool new_privileges) {
  if (gathered.seccomp) {
    return Error{gathered.seccomp->object, "is a seccomp filter, which is no evidence", "give traces and profiles"};
  }
  auto profile =
      profile_of(gathered, {{options.runtimes.begin(), options.runtimes.end()}, options.arguments, new_privileges});
  if (profile && options.no_companions) return without_companions(std::move(*profile));
  return profile;
}

/// Prints each reason why the evidence is incomplete. Returns whether to go on in spite of them.
bool accept_evidence(const Profile& profile, const Options& options, const Console& console) {
  for (const auto& reason : profile.incomplete) {
    const Error line{"incomplete evidence", reason};
    if (options.allow_incomplete) {
      console.note(line.line());
    } else {
      print_error(line);
    }
  }
  if (profile.incomplete.empty() || options.allow_incomplete) return true;
  print_error({"", "nothing was written", "record again, or accept this with --allow-incomplete"});
  return false;
}

/// What somebody must know who uses one artifact without the bundle's flags; "" if nothing. `saved` is how many calls
/// fewer it would have for containers with no-new-privileges.
std::string note_on_use(const Emitter& emitter, const Profile& profile, const Options& options, size_t saved) {
  if (emitter.name == "seccomp" && !has_container(profile))
    return "it has no container runtime's own calls, so no container starts under it: --runtime NAME adds them";
  if (options.no_new_privileges && !profile.no_new_privileges)
    return "--no-new-privileges changes nothing: this policy lets programs gain privileges";
  if (!is_used_without_option(emitter, profile)) return "";
  if (options.no_new_privileges) return "it starts only containers that have no-new-privileges";
  if (emitter.name == "kubernetes")
    return "Kubernetes lets a container with SYS_ADMIN gain privileges: give it the filter that --format seccomp "
           "prints, "
           "not the bundle's";
  return fmt::format(
      "it also starts containers without no-new-privileges; --no-new-privileges, for those that have it, saves {}",
      counted(saved, "call", "calls"));
}

int emit_one(const Gathered& gathered, const Profile& profile, const Options& options, const Console& console) {
  const Emitter& emitter = *find_emitter(options.format);
  const bool wider = is_used_without_option(emitter, profile) && !options.no_new_privileges;
  const auto printed = wider ? load(options, gathered, true) : Result<Profile>(profile);
  if (!printed) return fail(printed.error());
  const auto text = emitter.emit({*printed, options.directory, options.name});
  if (!text) return fail(text.error());
  const std::string note = note_on_use(emitter, profile, options, printed->calls.size() - profile.calls.size());
  const int status = print_and_exit(*text);
  if (status != 0) return status;
  if (!note.empty()) console.note(note);
  for (const std::string& network : network_notes(options.format, *printed)) console.note("note: " + network);
  return status;
}

std::string summary(const Profile& profile) {
  const std::string root = profile.read_only_root ? counted(profile.holes.size(), "writable hole", "writable holes")
                                                  : "the root file system stays writable";
  return fmt::format("{}, {}, {}", counted(profile.calls.size(), "system call", "system calls"),
                     counted(profile.capabilities.size(), "capability", "capabilities"), root);
}

/// Capabilities that were used, but that programs often do without.
std::vector<std::string> doubtful(const Profile& profile) {
  std::vector<std::string> names;
  for (const auto& name : profile.capabilities)
    if (is_often_done_without(name) && !profile.file_capabilities.contains(name)) names.push_back(name);
  return names;
}

void tell(const Profile& profile, const std::string& directory, const Artifacts& artifacts, const Console& console) {
  console.note(fmt::format("{}: {}", directory, summary(profile)));
  for (const auto& line : uncertain_holes(profile)) console.note("note: " + line);
  for (const auto& note : all_notes(profile)) console.note("note: " + note);
  if (const auto names = doubtful(profile); !names.empty())
    console.note(
        fmt::format("note: used in the recording, but programs often go on without: CAP_{}; granted; verify --minimize "
                    "tells whether this one does",
                    fmt::join(names, ", CAP_")));
  for (const auto& warning : lint(profile)) console.note("warning: " + warning);
  for (const auto& [file, text] : artifacts) {
    const std::string path = std::filesystem::path(directory) / file;
    console.detail(fmt::format("wrote {}", path));
    if (file == "docker.flags") console.note(fmt::format("run it with: docker run $(cat {}) IMAGE", path));
  }
  if (profile.no_new_privileges && has_container(profile))
    console.note(
        "use seccomp.json only with these flags, which set no-new-privileges; --format seccomp prints one to use "
        "alone");
}

int emit_all(const Profile& profile, const Options& options, const Console& console) {
  const std::string directory = options.directory.empty() ? kDefaultDirectory : options.directory;
  const auto artifacts = emit_bundle({profile, directory, options.name});
  if (!artifacts) return fail(artifacts.error());
  if (Status written = write_bundle(directory, artifacts.value()); !written) return fail(written.error());
  tell(profile, directory, artifacts.value(), console);
  return 0;
}

int run(const Options& options, const Console& console) {
  if (Status usable = check_options(options); !usable) return fail(usable.error());
  const auto gathered = gather(options.inputs);
  if (!gathered) return fail(gathered.error());
  const auto profile = load(options, *gathered, options.new_privileges);
  if (!profile) return fail(profile.error());
  if (!accept_coverage(*gathered, options)) return kRefused;
  if (!accept_evidence(profile.value(), options, console)) return kRefused;
  return options.format.empty() ? emit_all(profile.value(), options, console)
                                : emit_one(*gathered, profile.value(), options, console);
}

std::vector<Option> options_of(Options& options) {
  return {
      {.name = "INPUT",
       .into = &options.inputs,
       .text = "Traces, profiles, bundles, directories of traces; - is standard input",
       .required = true},
      {.name = "-o,--output",
       .into = &options.directory,
       .text = "Directory of the bundle (default: profilegen-out)",
       .value = "DIR"},
      {.name = "--format",
       .into = &options.format,
       .text = "Print this one artifact instead",
       .value = "NAME",
       .choices = format_names()},
      {.name = "--runtime",
       .into = &options.runtimes,
       .text = "Runtimes that must also start the container: crun (all known versions) or 'runc>=1.1'; separate "
               "several by commas",
       .value = "NAMES",
       .one_at_a_time = true,
       .delimiter = ','},
      {.name = "--name",
       .into = &options.name,
       .text = "Name of the service, pod or container in formats that have one (default: app)",
       .value = "NAME"},
      {.name = "--args",
       .into = &options.arguments,
       .text = "Allow calls such as socket, prctl and ioctl only with the arguments that were recorded"},
      {.name = "--allow-new-privileges",
       .into = &options.new_privileges,
       .text = "For containers without no-new-privileges: also allow the calls that the runtime then makes"},
      {.name = "--no-new-privileges",
       .into = &options.no_new_privileges,
       .text = "With --format: the artifact is used alone, but only for containers that have no-new-privileges"},
      {.name = "--no-companions",
       .into = &options.no_companions,
       .text = "Leave out the calls of endings, stops and signal handlers that the recording does not show"},
      {.name = "--require-saturation",
       .into = &options.most_unseen,
       .text = "Refuse when more than N items (default: 1) were probably not seen in any run; see explain",
       .value = "[=N]",
       .bare_value = "1",
       .check = check_amount},
      {.name = "--allow-incomplete",
       .into = &options.allow_incomplete,
       .text = "Go on although evidence is incomplete; every artifact then says so"},
  };
}

}  // namespace

Command add_emit() {
  auto options = std::make_shared<Options>();
  return {
      .options = options_of(*options),
      .footer = footer(),
      .run = [options](const Console& console) { return run(*options, console); },
  };
}

}  // namespace profilegen::cli
