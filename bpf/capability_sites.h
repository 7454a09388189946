/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Where capabilities were checked or asked for.
 */
#ifndef PROFILEGEN_CAPABILITY_SITES_H
#define PROFILEGEN_CAPABILITY_SITES_H

#include "recording.h"

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 8192);
  __type(key, struct pg_site_key);
  __type(value, struct pg_site);
} capability_sites __weak SEC(".maps");

/* By thread id: of calls with PG_PENDING_OBJECTS. Not in pg_task, copies of which are on the stack. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1024);
  __type(key, __u32);
  __type(value, struct pg_checked);
} checked_calls __weak SEC(".maps");

/* Counts a check. Returns where it is counted; NULL if there is no room. */
static __noinline struct pg_site *add_site(struct pg_site_key *key)
{
  struct pg_site fresh = {};

  if (!key)
    return NULL;
  struct pg_site *site = bpf_map_lookup_elem(&capability_sites, key);
  if (!site) {
    fill_first(&fresh.first);
    fresh.id = fresh.first.ns ^ (__u64)fresh.first.tid << 32;
    count_stored();
    bpf_map_update_elem(&capability_sites, key, &fresh, BPF_NOEXIST);
    site = bpf_map_lookup_elem(&capability_sites, key);
  }
  if (site)
    __sync_fetch_and_add(&site->count, 1);
  else
    lost(PG_LOSS_CAPABILITY_SITES);
  return site;
}

#endif
