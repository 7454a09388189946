/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Records calls through the vsyscall page, by which old C libraries ask for the time. The kernel answers them when the
 * page faults, without sys_enter and sys_exit, but asks seccomp about the call that each stands for.
 */
#include "membership.h"
#include "calls.h"

#define NR_GETTIMEOFDAY 96
#define NR_TIME 201
#define NR_GETCPU 309

SEC("tp_btf/emulate_vsyscall")
int BPF_PROG(on_emulate_vsyscall, int entry)
{
  struct task_struct *task = current_task();
  struct pg_task *state = task_of(task);

  struct pg_run *run = governed_run(state, task);
  if (!run)
    return 0;
  /* In the order of the page (arch/x86/entry/vsyscall/vsyscall_64.c). */
  __u32 number = entry == 0 ? NR_GETTIMEOFDAY : entry == 1 ? NR_TIME : NR_GETCPU;
  __u8 *mark = call_mark(run, state->set, (struct call_id){.number = number, .abi = PG_NATIVE});
  if (!mark)
    return 0;
  if (PG_MARK(*mark) == PG_CALL_NEW)
    add_call(run, state, number, PG_NATIVE);
  else if (PG_MARK_PROGRAM(*mark) != state->program)
    *mark |= PG_SEVERAL << PG_MARK_BITS;
  return 0;
}

char LICENSE[] SEC("license") __weak = "Dual BSD/GPL";
