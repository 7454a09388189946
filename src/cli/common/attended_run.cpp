// SPDX-License-Identifier: Apache-2.0
#include "common/attended_run.h"

#include "profilegen/atomic_file.h"
#include "profilegen/temporary_directory.h"

namespace profilegen::cli {

namespace {

/// The file that has the container's id as soon as it is known. `run` writes it; of a `start` the id is known before.
Result<std::string> id_file(const ClientCommand& client, const std::string& scratch, std::vector<std::string>& words) {
  if (!client.cidfile.empty()) return client.cidfile;
  std::string file = scratch + "/container-id";
  if (client.kind == ClientCommand::Kind::run) {
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(client.after_subcommand), "--cidfile=" + file);
    return file;
  }
  if (Status written = write_file(file, client.names.front() + "\n"); !written) return written.error();
  return file;
}

/// What an attendant can't see of a container that ended within a moment: its status.
Attended look_back(const ClientCommand& client, const RecordOutcome& outcome) {
  if (outcome.recordings.empty()) return {};
  const Run& run = outcome.recordings.front().trace.runs.begin()->second;
  const auto found = inspect({client.engine, client.client}, {run.subject.container_id});
  return found ? Attended{Attended::End::ended, found->front().state.exit_code} : Attended{};
}

bool is_content(const Attended& attended, const Attendance& wish) {
  const bool has_done_its_work = attended.end == Attended::End::ended && attended.status == 0 && wish.check.empty();
  return attended.passed() || has_done_its_work;
}

}  // namespace

Result<RecordOutcome> record_attended(const RecordOptions& options, const ClientCommand& client,
                                      const std::optional<Attendance>& wish, std::optional<Attended>& attended) {
  if (!wish) return record(options);
  const auto scratch = TemporaryDirectory::create();
  if (!scratch) return scratch.error();
  RecordOptions with_file = options;
  const auto file = id_file(client, scratch->path(), with_file.command);
  if (!file) return file.error();
  auto attendant = Attendant::start(*wish, {client.engine, client.client}, *file);
  if (!attendant) return attendant.error();
  auto outcome = record(with_file);
  if (!outcome) return outcome;
  Attended seen = attendant->finish();
  if (seen.end == Attended::End::unseen) seen = look_back(client, *outcome);
  if (outcome->recordings.empty()) return outcome;  // no container ran: the client's own status says why
  if (is_content(seen, *wish))
    outcome->exit_status = 0;
  else if (outcome->exit_status == 0)
    outcome->exit_status = seen.status != 0 ? seen.status : 1;
  attended = seen;
  return outcome;
}

}  // namespace profilegen::cli
