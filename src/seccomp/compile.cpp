// SPDX-License-Identifier: Apache-2.0
#include "compile.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <set>

#include "compile_apart.h"
#include "profilegen/unique_fd.h"

namespace profilegen::seccomp {
namespace {

using Context = std::unique_ptr<void, void (*)(void*)>;

// libseccomp compiles NOTIFY and KILL only on kernels that know them. TRACE and TRAP stand for them, which all kernels
// know.
constexpr uint16_t kSupervised = 1;

constexpr uint32_t kTokens[] = {
#define ARCH(id, name, token, ...) token,
#include "profilegen/arches.def"
#undef ARCH
};

uint32_t action_of(const SeccompAnswer& answer) {
  switch (answer.action) {
    case SeccompAction::allow:
      return SCMP_ACT_ALLOW;
    case SeccompAction::supervised:
      return SCMP_ACT_TRACE(kSupervised);
    case SeccompAction::error:
      return SCMP_ACT_ERRNO(answer.errnum);
    case SeccompAction::kill:
      break;
  }
  return SCMP_ACT_TRAP;
}

// A repeated index means "or": runtimes then make a rule for each comparison (runc: matchCall(), crun:
// libcrun_generate_seccomp()).
std::vector<std::vector<scmp_arg_cmp>> alternatives(const std::vector<Comparison>& comparisons) {
  std::set<uint32_t> indices;
  std::vector<scmp_arg_cmp> all;
  for (const auto& [index, op, value, value_two] : comparisons) {
    indices.insert(index);
    all.push_back({index, op, value, value_two});
  }
  if (indices.size() == all.size()) return {all};
  std::vector<std::vector<scmp_arg_cmp>> each;
  each.reserve(all.size());
  for (const scmp_arg_cmp& one : all) each.push_back({one});
  return each;
}

int add_call(const Context& context, const Rule& rule, const std::string& name) {
  const int number = seccomp_syscall_resolve_name(name.c_str());
  if (number == __NR_SCMP_ERROR) return 0;
  for (const auto& arguments : alternatives(rule.args)) {
    const int status = seccomp_rule_add_array(context.get(), action_of(rule.answer), number,
                                              static_cast<unsigned int>(arguments.size()), arguments.data());
    if (status != 0) return status;
  }
  return 0;
}

Status add_rules(const Context& context, const CompileRequest& request) {
  for (size_t place = 0; place < request.file.rules.size(); ++place) {
    const Rule& rule = request.file.rules[place];
    if (rule.answer == request.file.otherwise) continue;
    for (const std::string& name : rule.names) {
      if (!request.standing_for.empty() && name != request.standing_for) continue;
      const int status = add_call(context, rule, request.standing_for.empty() ? name : kStandIn);
      if (status != 0)
        return Error{fmt::format("{}: syscalls[{}]", request.object, place),
                     fmt::format("libseccomp refuses the rule for {}", name),
                     "runtimes would not start a container either", -status};
    }
  }
  return Done{};
}

// The machine's own table need not be listed, since libseccomp translates names for each table.
int set_arches(const Context& context, const std::vector<Arch>& arches) {
  int status = seccomp_arch_remove(context.get(), SCMP_ARCH_NATIVE);
  for (const Arch arch : arches)
    if (status == 0) status = seccomp_arch_add(context.get(), kTokens[static_cast<size_t>(arch)]);
  return status;
}

std::vector<sock_filter> exported(const Context& context) {
  const UniqueFd file(memfd_create("filter", MFD_CLOEXEC));
  if (file.get() < 0 || seccomp_export_bpf(context.get(), file.get()) != 0) return {};
  std::vector<sock_filter> program(static_cast<size_t>(lseek(file.get(), 0, SEEK_END)) / sizeof(sock_filter));
  const size_t bytes = program.size() * sizeof(sock_filter);
  if (pread(file.get(), program.data(), bytes, 0) != static_cast<ssize_t>(bytes)) return {};
  return program;
}

Result<std::vector<sock_filter>> compile_here(const CompileRequest& request) {
  const Context context(seccomp_init(action_of(request.file.otherwise)), seccomp_release);
  const int status = context ? set_arches(context, request.arches) : -ENOMEM;
  if (status != 0) return Error{request.object, "libseccomp can't make a filter for its architectures", "", -status};
  if (Status added = add_rules(context, request); !added) return added.error();
  auto program = exported(context);
  if (program.empty()) return Error{request.object, "libseccomp can't compile it", "", errno};
  return program;
}

}  // namespace

Result<BpfMachine> compile(const CompileRequest& request) {
  constexpr unsigned seconds = 20;
  auto program = may_take_long(request.file)
                     ? compile_apart([&] { return compile_here(request); }, seconds, request.object)
                     : compile_here(request);
  if (!program) return program.error();
  return BpfMachine(std::move(*program));
}

SeccompAnswer answer_of(uint32_t returned) {
  switch (returned & SECCOMP_RET_ACTION_FULL) {
    case SECCOMP_RET_ALLOW:
      return {SeccompAction::allow, 0};
    case SECCOMP_RET_TRACE:
      return {SeccompAction::supervised, 0};
    case SECCOMP_RET_ERRNO:
      return {SeccompAction::error, returned & SECCOMP_RET_DATA};
    default:
      return {SeccompAction::kill, 0};
  }
}

}  // namespace profilegen::seccomp
