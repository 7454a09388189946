/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Records a call that is new to its set (pg_set).
 */
#ifndef PROFILEGEN_CALLS_H
#define PROFILEGEN_CALLS_H

#include "recording.h"

/* Runs once per call and set. The mark is the recorded fact; the event only tells people who made the call first. */
static __noinline int add_call(struct pg_run *run, struct pg_task *state, __u32 number, __u32 abi)
{
  struct call_id call = {.number = number, .abi = abi};

  if (!run || !state)
    return 0;
  __u8 *mark = call_mark(run, state->set, call);
  if (!mark)
    return 0;
  *mark = (has_arguments(call) ? PG_CALL_SEEN : settled_mark(call)) | state->program << PG_MARK_BITS;

  struct pg_call_event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
  if (!event)
    return 0;
  event->type = PG_EVENT_CALL;
  event->set = state->set;
  event->abi = abi;
  event->pad = 0;
  event->pad2 = 0;
  event->run = state->run;
  event->number = number;
  fill_first(&event->first);
  bpf_ringbuf_submit(event, 0);
  return 0;
}

#endif
