/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * What was sent already. Only a cache: a forgotten entry costs one more event, and nothing is kept here alone. Two
 * places for each, so that two files that are opened in turn do not push each other out. An entry is one word, which is
 * written as a whole: two CPUs at the same place cannot make up a third entry, as they could with a key of several
 * words.
 */
#ifndef PROFILEGEN_SEEN_H
#define PROFILEGEN_SEEN_H

#include "recording.h"

#define SEEN_BITS 16

struct pg_seen_key {
  __u64 hash; /* of the path */
  __u64 ino;
  __u32 dev;
  __u32 recording;
  __u32 ops;
  __u32 generation;
};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1 << SEEN_BITS);
  __type(key, __u32);
  __type(value, __u64[2]);
} seen __weak SEC(".maps");

/* The finalizer of MurmurHash3: each bit of the input changes each of the output with even chance. */
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
  mark = mixed(mark ^ ((__u64)key->dev << 32 | key->recording));
  return mixed(mark ^ ((__u64)key->generation << 32 | key->ops)) | 1; /* 0 is an empty place */
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
