// SPDX-License-Identifier: Apache-2.0
#include "trace_names.h"

#include <catch2/catch.hpp>
#include <set>

using namespace profilegen;

TEST_CASE("file operations have what file_ops.def says") {
  CHECK(file_op_name(FileOp::RENAME_FROM) == "rename-from");
  CHECK(file_op_writes(FileOp::RENAME_FROM));
  CHECK_FALSE(file_op_writes(FileOp::READ));
  CHECK_FALSE(file_op_writes(FileOp::CONNECT));
  CHECK(file_op_apparmor(FileOp::LINK_TO) == "l");
  CHECK(file_op_apparmor(FileOp::MAP_EXEC) == "m");
}

TEST_CASE("code runs from a file that is executed or mapped so, and from no other") {
  std::set<FileOp> executing;
  for (size_t number = 0; number < enum_names<FileOp>().size(); ++number)
    if (file_op_executes(static_cast<FileOp>(number))) executing.insert(static_cast<FileOp>(number));
  CHECK(executing == std::set{FileOp::EXEC, FileOp::EXEC_SETID, FileOp::MAP_EXEC});
}

TEST_CASE("an operation that makes or removes a name writes in its directory") {
  using Name = FileOpTraits::Name;
  CHECK(file_op_traits(FileOp::RENAME_TO).name == Name::makes);
  CHECK(file_op_traits(FileOp::RENAME_FROM).name == Name::removes);
  CHECK(file_op_traits(FileOp::CHMOD).right == FileOpTraits::Right::own);
  CHECK(file_op_traits(FileOp::TMPFILE).object == FileOpTraits::Object::place);
  for (size_t number = 0; number < enum_names<FileOp>().size(); ++number) {
    const auto op = static_cast<FileOp>(number);
    CAPTURE(file_op_name(op));
    if (file_op_traits(op).name == Name::keeps) continue;
    CHECK(file_op_writes(op));
    CHECK(file_op_traits(op).right == FileOpTraits::Right::write);
  }
}

TEST_CASE("enumerators have the names that trace.h promises") {
  CHECK(mark_name(Mark::attached_late) == "attached-late");
  CHECK(mark_name(Mark::shutdown_not_recorded) == "shutdown-not-recorded");
  CHECK(mark_name(Mark::interrupted) == "interrupted");
  CHECK(phase_name(Phase::app) == "app");
  CHECK(phase_name(Phase::runtime_exec) == "runtime-exec");
  CHECK(cap_verdict_name(CapVerdict::needed) == "needed");
  CHECK(cap_verdict_name(CapVerdict::denied) == "denied");
  CHECK(enum_names<Arch>()[static_cast<size_t>(Arch::x86)] == arch_name(Arch::x86));
}

TEST_CASE("no name is given twice") {
  for (const auto names :
       {enum_names<Arch>(), enum_names<Phase>(), enum_names<CapVerdict>(), enum_names<FileOp>(), enum_names<Mark>()}) {
    CHECK(std::set<std::string_view>(names.begin(), names.end()).size() == names.size());
  }
}
