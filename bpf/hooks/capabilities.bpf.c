/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Records capability checks by call site. A check can be a need only if it was granted, and was made with the task's
 * own credentials in the container's user namespace. The tracepoint does not say whether a check is unaudited
 * (CAP_OPT_NOAUDIT), which means that it merely asks: user space infers that from the innermost kernel functions. Only
 * the programs of one rung are loaded (include/profilegen/rungs.def).
 */
#include "checked_calls.h"
#include "given_up.h"
#include "needless.h"
#include "user_stacks.h"

#define CAP_OPT_NOAUDIT 2 /* include/linux/security.h */
#define PR_SET_SECUREBITS 28
#define OUTSIDE_OF_ANY_CALL 0xffffffff

static __always_inline bool same_capabilities(const struct cred *a, const struct cred *b)
{
  return BPF_CORE_READ(a, user_ns) == BPF_CORE_READ(b, user_ns) &&
         capability_set(&a->cap_permitted) == capability_set(&b->cap_permitted) &&
         capability_set(&a->cap_bset) == capability_set(&b->cap_bset);
}

static __always_inline __u8 judge(struct task_struct *task, const struct cred *cred, __u64 target_ns, int result,
                                  const struct pg_run *run, __u64 traits)
{
  const struct cred *own = BPF_CORE_READ(task, real_cred);

  if (result)
    return has_given_up(own, target_ns, run) ? PG_CHECK_GIVEN_UP : PG_CHECK_DENIED;
  /* access(2) also overrides the credentials, with a copy of the caller's own. overlayfs does so with the mounter's. */
  if (cred != own && !(traits & PG_TRAIT_ACCESS && same_capabilities(cred, own)))
    return PG_CHECK_OVERRIDDEN;
  return target_ns == run->user_ns ? PG_CHECK_OWN : PG_CHECK_FOREIGN;
}

static __always_inline int add_check(void *ctx, const struct cred *cred, struct user_namespace *target_ns,
                                     int capability, bool unaudited, int result)
{
  struct task_struct *task = current_task();
  struct pg_task *state = member_state(task);
  struct pg_run *run = app_run(state);

  if (!run)
    return 0;
  struct pt_regs *regs = user_registers(task);
  struct call_id call = call_id(task, call_number(regs));
  struct pg_call_info *info = call_info(call);
  __u64 traits = info ? info->traits : 0;
  if (is_needless(task, capability, traits))
    return 0;

  struct pg_site_key key = {.run = state->run, .number = call.number, .abi = call.abi};
  key.capability = capability;
  key.check = judge(task, cred, (__u64)target_ns, result, run, traits);
  if (unaudited && key.check == PG_CHECK_OWN)
    key.check = PG_CHECK_UNAUDITED;
  bpf_get_stack(ctx, key.frames, sizeof(key.frames), 0);
  struct pg_site *site = add_site(&key);
  if (key.check == PG_CHECK_OWN || key.check == PG_CHECK_DENIED)
    ask_for_object(site, key.capability, (__u64)cred);
  if (key.check == PG_CHECK_DENIED)
    add_user_stack();
  return 0;
}

/* Since Linux 6.14. Does not say whether the check is audited. */
SEC("tp_btf/cap_capable")
int BPF_PROG(on_cap_capable, const struct cred *cred, struct user_namespace *target_ns,
             struct user_namespace *capable_ns, int capability, int result)
{
  return add_check(ctx, cred, target_ns, capability, false, result);
}

/* The end of the function itself has the arguments and the result. Needs a kernel with trampolines for functions. */
SEC("fexit/cap_capable")
int BPF_PROG(after_cap_capable, const struct cred *cred, struct user_namespace *target_ns, int capability,
             unsigned int options, int result)
{
  return add_check(ctx, cred, target_ns, capability, options & CAP_OPT_NOAUDIT, result);
}

/*
 * For kernels where functions have no trampolines: a probe at the beginning, which sees the arguments, and one at the
 * end, which sees the result. A thread is in one check at a time.
 */
SEC("kprobe/cap_capable")
int BPF_KPROBE(enter_cap_capable, const struct cred *cred, struct user_namespace *target_ns, int capability,
               unsigned int options)
{
  struct pg_task *state = member_state(current_task());

  if (!app_run(state))
    return 0;
  state->check.cred = (__u64)cred;
  state->check.target_ns = (__u64)target_ns;
  state->check.capability = capability;
  state->check.options = options;
  return 0;
}

SEC("kretprobe/cap_capable")
int BPF_KRETPROBE(leave_cap_capable, int result)
{
  struct pg_task *state = member_state(current_task());

  if (!state || !state->check.cred)
    return 0;
  struct pg_check_arguments check = state->check;
  state->check.cred = 0;
  return add_check(ctx, (const struct cred *)check.cred, (struct user_namespace *)check.target_ns, check.capability,
                   check.options & CAP_OPT_NOAUDIT, result);
}

/*
 * Up to Linux 6.13 compilers inline cap_capable() into its callers in commoncap.c, where no probe is hit. Two of these
 * callers matter, capset(2) and prctl(PR_SET_SECUREBITS): from their own result we see that the check was granted.
 */
static __always_inline int add_setpcap(void *ctx)
{
  const struct cred *own = BPF_CORE_READ(current_task(), real_cred);

  return add_check(ctx, own, BPF_CORE_READ(own, user_ns), CAP_SETPCAP, false, 0);
}

SEC("fexit/cap_capset")
int BPF_PROG(after_cap_capset, struct cred *fresh, const struct cred *own, const struct kernel_cap_struct *effective,
             const struct kernel_cap_struct *inheritable, const struct kernel_cap_struct *permitted, int result)
{
  return result == 0 && inherits_more(own, capability_set(inheritable)) ? add_setpcap(ctx) : 0;
}

SEC("fexit/cap_task_prctl")
int BPF_PROG(after_cap_task_prctl, int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d,
             int result)
{
  return result == 0 && option == PR_SET_SECUREBITS ? add_setpcap(ctx) : 0;
}

SEC("kprobe/cap_capset")
int BPF_KPROBE(enter_cap_capset, struct cred *fresh, const struct cred *own, const struct kernel_cap_struct *effective,
               const struct kernel_cap_struct *inheritable)
{
  struct pg_task *state = current_state();

  if (app_run(state))
    state->needs_setpcap = inherits_more(own, capability_set(inheritable));
  return 0;
}

SEC("kprobe/cap_task_prctl")
int BPF_KPROBE(enter_cap_task_prctl, int option)
{
  struct pg_task *state = current_state();

  if (app_run(state))
    state->needs_setpcap = option == PR_SET_SECUREBITS;
  return 0;
}

static __always_inline int leave_setpcap(void *ctx, int result)
{
  struct pg_task *state = current_state();

  return result == 0 && state && state->needs_setpcap ? add_setpcap(ctx) : 0;
}

SEC("kretprobe/cap_capset")
int BPF_KRETPROBE(leave_cap_capset, int result) { return leave_setpcap(ctx, result); }

SEC("kretprobe/cap_task_prctl")
int BPF_KRETPROBE(leave_cap_task_prctl, int result) { return leave_setpcap(ctx, result); }

/*
 * Lets the kernel look up a function's name: most users see no addresses in /proc/kallsyms (kernel.kptr_restrict,
 * CAP_SYSLOG).
 */
SEC("syscall")
int name_function(struct pg_function *function)
{
  static const char format[] = "%ps";
  __u64 address = function->address;
  char name[sizeof(function->name)] = {};

  bpf_snprintf(name, sizeof(name), format, &address, sizeof(address));
  __builtin_memcpy(function->name, name, sizeof(name));
  return 0;
}

char LICENSE[] SEC("license") __weak = "Dual BSD/GPL";
