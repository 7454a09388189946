/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Records the arguments with which calls are made, whether the calls succeed or not. A call that fails by itself (a
 * socket of a family that the kernel lacks) must later fail in the same way, and not because a filter denies it.
 */
#ifndef PROFILEGEN_ARGUMENTS_H
#define PROFILEGEN_ARGUMENTS_H

#include "registers.h"

__weak const volatile __u32 most_argument_values = 32;

/*
 * The map is bounded, but nothing is lost when it is full: a call whose values find no room is recorded as made with
 * any arguments.
 */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 65536);
  __type(key, struct pg_argument_key);
  __type(value, struct pg_argument_fact);
} arguments __weak SEC(".maps");

/*
 * Values that were recently found in `arguments`. A program makes most calls with the same few values, and to compare
 * takes a quarter of the time of a look-up. One array for each CPU, so that nobody else writes during the comparison.
 */
#define RECENT 256
struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, RECENT);
  __type(key, __u32);
  __type(value, struct pg_argument_key);
} recent_arguments __weak SEC(".maps");

static __always_inline struct pg_argument_key *recent_place(const struct pg_argument_key *key)
{
  __u32 index = (key->number * 31 + key->values[0] * 7 + key->values[1] * 3 + key->values[2]) & (RECENT - 1);

  return bpf_map_lookup_elem(&recent_arguments, &index);
}

static __always_inline bool same_key(const struct pg_argument_key *a, const struct pg_argument_key *b)
{
  const __u64 *x = (const __u64 *)a, *y = (const __u64 *)b;

  return x[0] == y[0] && x[1] == y[1] && x[2] == y[2];
}

/* From now on the arguments of this call are not looked at. */
static __always_inline void settle(struct pg_task *state, struct call_id call)
{
  struct pg_run *run = run_of(state);
  __u8 *mark = run ? call_mark(run, state->set, call) : NULL;

  if (mark)
    *mark = settled_mark(call) | PG_MARK_PROGRAM(*mark) << PG_MARK_BITS;
}

static __always_inline struct pg_argument_fact *summary_of(const struct pg_argument_key *values,
                                                           const struct pg_argument_fact *fresh)
{
  struct pg_argument_key key = {
      .run = values->run, .number = values->number, .abi = values->abi, .set = values->set, .summary = 1};
  struct pg_argument_fact *known = bpf_map_lookup_elem(&arguments, &key);

  if (known)
    return known;
  bpf_map_update_elem(&arguments, &key, fresh, BPF_NOEXIST);
  return bpf_map_lookup_elem(&arguments, &key);
}

static __noinline int add_values(struct pg_task *state, struct pg_argument_key *key)
{
  struct pg_argument_fact fresh = {};

  if (!state || !key)
    return 0;
  fill_first(&fresh.first);
  struct pg_argument_fact *call = summary_of(key, &fresh);
  if (call && !call->any && call->count < most_argument_values) {
    if (bpf_map_update_elem(&arguments, key, &fresh, BPF_NOEXIST) == 0) {
      call->count++;
      count_stored();
      return 0;
    }
    if (bpf_map_lookup_elem(&arguments, key)) /* another CPU was faster */
      return 0;
  }
  if (call)
    call->any = 1;
  settle(state, (struct call_id){.number = key->number, .abi = key->abi});
  return 0;
}

static __always_inline void read_values(struct pg_argument_key *key, struct pt_regs *regs)
{
  struct pg_call_info *info = call_info((struct call_id){.number = key->number, .abi = key->abi});

  if (!info)
    return;
#pragma unroll
  for (int i = 0; i < PG_ARGUMENTS; i++)
    if (info->arguments[i].mask)
      key->values[i] = (__u32)argument(regs, key->abi, info->arguments[i].index) & info->arguments[i].mask;
}

/* Whether the native call was recently made with these arguments. */
static __noinline int are_known(__u32 run, struct pt_regs *regs, __u32 number)
{
  struct pg_argument_key key = {.run = run, .number = number, .abi = PG_NATIVE, .set = PG_SET_APP};

  if (!regs)
    return 0;
  read_values(&key, regs);
  struct pg_argument_key *recent = recent_place(&key);
  return recent && same_key(recent, &key);
}

static __noinline int add_arguments(struct pg_task *state, struct pt_regs *regs, __u32 number, __u32 abi)
{
  struct pg_argument_key key = {.number = number, .abi = abi};

  if (!state || !regs)
    return 0;
  key.run = state->run;
  key.set = state->set;
  read_values(&key, regs);
  struct pg_argument_key *recent = recent_place(&key);
  if (recent && same_key(recent, &key))
    return 0;
  if (!bpf_map_lookup_elem(&arguments, &key))
    add_values(state, &key);
  else if (recent)
    *recent = key;
  return 0;
}

#endif
