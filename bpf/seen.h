/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Remembers which events were sent. This is only a cache: a forgotten entry costs one more event, and no fact is stored
 * here alone. There are two places at each index, so that two files opened in turn don't push each other out. An entry
 * is one word, and is written as a whole. With a key of several words two CPUs that write at once could make up an
 * entry that is neither's.
 */
#ifndef PROFILEGEN_SEEN_H
#define PROFILEGEN_SEEN_H

#include "recording.h"

#define SEEN_BITS 16

struct pg_seen_key {
  __u64 hash; /* of the path */
  __u64 ino;
  __u32 dev;
  __u32 run;
  __u32 ops;
  __u32 generation;
};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1 << SEEN_BITS);
  __type(key, __u32);
  __type(value, __u64[2]);
} seen __weak SEC(".maps");

/* The finalizer of MurmurHash3: each bit of the input changes each bit of the output with a probability of one half. */
static __always_inline __u64 mixed(__u64 word)
{
  word = (word ^ word >> 33) * 0xff51afd7ed558ccdULL;
  word = (word ^ word >> 33) * 0xc4ceb9fe1a85ec53ULL;
  return word ^ word >> 33;
}

static __always_inline __u64 seen_mark(const struct pg_seen_key *key)
{
  __u64 mark = mixed(key->hash);

  mark = mixed(mark ^ key->ino);
  mark = mixed(mark ^ ((__u64)key->dev << 32 | key->run));
  return mixed(mark ^ ((__u64)key->generation << 32 | key->ops)) | 1; /* 0 means an empty place */
}

static __always_inline __u64 *seen_places(__u64 mark)
{
  __u32 index = mark >> (64 - SEEN_BITS);

  return bpf_map_lookup_elem(&seen, &index); /* NULL in a map that was made smaller */
}

static __always_inline bool was_seen(__u64 mark)
{
  __u64 *places = seen_places(mark);

  return places && (places[0] == mark || places[1] == mark);
}

static __always_inline void remember_seen(__u64 mark)
{
  __u64 *places = seen_places(mark);

  if (!places)
    return;
  places[1] = places[0];
  places[0] = mark;
}

#endif
