/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Capability checks, by call site. Only checks of the task's own credentials, in the container's user namespace, that
 * were granted can be needs. Whether a check is one that merely asks (CAP_OPT_NOAUDIT) is not in the tracepoint: user
 * space tells it from the innermost kernel functions. The programs of one rung are loaded (include/profilegen/rungs.def).
 */
#include "registers.h"

#define CAP_FSETID 4
#define CAP_SYS_ADMIN 21
#define S_ISGID 02000
#define CAP_OPT_NOAUDIT 2 /* include/linux/security.h */
#define CLONE_NEW_ANY 0x7e020000 /* CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET} */
#define OUTSIDE_OF_ANY_CALL 0xffffffff

struct pg_site {
  struct pg_first first;
  __u64 count;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 8192);
  __type(key, struct pg_site_key);
  __type(value, struct pg_site);
} capability_sites SEC(".maps");

static __always_inline __u64 capability_set(const struct kernel_cap_struct *capabilities)
{
  __u64 set = 0;

  bpf_core_read(&set, sizeof(set), capabilities);
  return set;
}

static __always_inline bool same_capabilities(const struct cred *a, const struct cred *b)
{
  return BPF_CORE_READ(a, user_ns) == BPF_CORE_READ(b, user_ns) && capability_set(&a->cap_permitted) == capability_set(&b->cap_permitted) &&
         capability_set(&a->cap_bset) == capability_set(&b->cap_bset);
}

static __always_inline __u8 judge(struct task_struct *task, const struct cred *cred, __u64 target_ns, int result,
                                  const struct pg_recording *recording, __u64 traits)
{
  const struct cred *own = BPF_CORE_READ(task, real_cred);

  if (result)
    return PG_CHECK_DENIED;
  /* access(2) overrides too, with a copy of the caller's own credentials; overlayfs does it with the mounter's. */
  if (cred != own && !(traits & PG_TRAIT_ACCESS && same_capabilities(cred, own)))
    return PG_CHECK_OVERRIDDEN;
  return target_ns == recording->user_ns ? PG_CHECK_OWN : PG_CHECK_FOREIGN;
}

/* Every mmap and fork asks whether it may overcommit; a gcc build does so 2000 times. */
static __always_inline bool is_overcommit(int capability, __u64 traits, __u64 clone_flags)
{
  if (capability != CAP_SYS_ADMIN || !(traits & PG_TRAIT_OVERCOMMIT))
    return false;
  return !(traits & PG_TRAIT_CLONE && clone_flags & CLONE_NEW_ANY);
}

/* The kernel asks before it looks whether the new mode has the bit (setattr_prepare() in fs/attr.c). */
static __always_inline bool is_of_no_bit(int capability, __u64 traits, struct pt_regs *regs, __u32 abi)
{
  if (capability != CAP_FSETID || !(traits & (PG_TRAIT_MODE_1 | PG_TRAIT_MODE_2)))
    return false;
  return !((traits & PG_TRAIT_MODE_1 ? argument(regs, abi, 1) : argument(regs, abi, 2)) & S_ISGID);
}

static __noinline int add_site(struct pg_site_key *key)
{
  struct pg_site fresh = {.count = 1};

  if (!key)
    return 0;
  struct pg_site *site = bpf_map_lookup_elem(&capability_sites, key);
  if (site) {
    __sync_fetch_and_add(&site->count, 1);
    return 0;
  }
  fill_first(&fresh.first);
  count_stored();
  if (bpf_map_update_elem(&capability_sites, key, &fresh, BPF_NOEXIST) &&
      !bpf_map_lookup_elem(&capability_sites, key))
    lost(PG_LOSS_CAPABILITY_SITES);
  return 0;
}

static __always_inline int add_check(void *ctx, const struct cred *cred, struct user_namespace *target_ns,
                                     int capability, bool unaudited, int result)
{
  struct task_struct *task = current_task();
  struct pg_task *state = task_of(task);
  struct pg_recording *recording = app_recording(state);

  if (!recording)
    return 0;
  struct pt_regs *regs = user_registers(task);
  struct call_id call = call_id(task, REGISTER(regs, orig_ax));
  struct pg_call_info *info = call_info(call);
  __u64 traits = info ? info->traits : 0;
  if (is_overcommit(capability, traits, argument(regs, call.abi, 0)) || is_of_no_bit(capability, traits, regs, call.abi))
    return 0;

  struct pg_site_key key = {.recording = state->recording, .number = call.number, .abi = call.abi};
  key.capability = capability;
  key.check = judge(task, cred, (__u64)target_ns, result, recording, traits);
  if (unaudited && key.check == PG_CHECK_OWN)
    key.check = PG_CHECK_UNAUDITED;
  bpf_get_stack(ctx, key.frames, sizeof(key.frames), 0);
  add_site(&key);
  return 0;
}

/* Since Linux 6.14. Does not say whether the check is audited. */
SEC("tp_btf/cap_capable")
int BPF_PROG(on_cap_capable, const struct cred *cred, struct user_namespace *target_ns,
             struct user_namespace *capable_ns, int capability, int result)
{
  return add_check(ctx, cred, target_ns, capability, false, result);
}

/* The end of the function itself, which says all. Needs a kernel with trampolines for functions. */
SEC("fexit/cap_capable")
int BPF_PROG(after_cap_capable, const struct cred *cred, struct user_namespace *target_ns, int capability,
             unsigned int options, int result)
{
  return add_check(ctx, cred, target_ns, capability, options & CAP_OPT_NOAUDIT, result);
}

/*
 * Where functions have no trampolines: a probe at the begin, which has the arguments, and one at the end, which has the
 * result. A thread is in one check at a time.
 */
SEC("kprobe/cap_capable")
int BPF_KPROBE(enter_cap_capable, const struct cred *cred, struct user_namespace *target_ns, int capability,
               unsigned int options)
{
  struct pg_task *state = current_state();

  if (!app_recording(state))
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
  struct pg_task *state = current_state();

  if (!state || !state->check.cred)
    return 0;
  struct pg_check_arguments check = state->check;
  state->check.cred = 0;
  return add_check(ctx, (const struct cred *)check.cred, (struct user_namespace *)check.target_ns, check.capability,
                   check.options & CAP_OPT_NOAUDIT, result);
}

/* The kernel's own look-up: /proc/kallsyms has no addresses for most (kernel.kptr_restrict, CAP_SYSLOG). */
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
