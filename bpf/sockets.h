/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Records which kinds of sockets are made, and whether they are used with addresses beyond the loopback device.
 * Attempts that fail count too: without a network the same call would fail in another way.
 */
#ifndef PROFILEGEN_SOCKETS_H
#define PROFILEGEN_SOCKETS_H

#include "files.h"
#include "registers.h"
#include <bpf/bpf_endian.h>

#define AF_INET 2
#define AF_INET6 10
#define S_IFSOCK 0140000
#define SOCK_TYPE_MASK (PG_SOCKET_TYPES - 1)
#define LOOPBACK_BYTE 127

__weak int add_socket(__u32 family, __u32 type, __u32 use)
{
  struct pg_task *state = current_state();
  struct pg_run *run = app_run(state);

  type &= SOCK_TYPE_MASK;
  if (!run || family >= PG_FAMILIES)
    return 0;
  __u8 *mark = &run->sockets[family & (PG_FAMILIES - 1)][type][use & (PG_SOCKET_USES - 1)];
  if (*mark)
    return 0;
  *mark = 1;
  struct pg_call_event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
  if (!event)
    return 0;
  __builtin_memset(event, 0, sizeof(*event));
  event->type = PG_EVENT_SOCKET;
  event->run = state->run;
  event->number = use << 16 | family << 8 | type;
  fill_first(&event->first);
  bpf_ringbuf_submit(event, 0);
  return 0;
}

/*
 * 127.0.0.11 is no loopback address here: it is Docker's resolver, if there is a network (moby:
 * libnetwork/resolver.go).
 */
static __always_inline bool is_loopback4(const __u8 *address)
{
  return address[0] == LOOPBACK_BYTE && !(address[1] == 0 && address[2] == 0 && address[3] == 11);
}

/* ::1, and ::ffff:127.0.0.0/104. */
static __always_inline bool is_loopback6(const __u8 *address)
{
  const __u64 *halves = (const __u64 *)address;
  const __u32 *words = (const __u32 *)address;

  if (halves[0])
    return false;
  if (words[2] == bpf_htonl(0xffff))
    return is_loopback4(address + 12);
  return words[2] == 0 && words[3] == bpf_htonl(1);
}

/* Offsets in struct sockaddr_in and sockaddr_in6 (include/uapi/linux/in.h, in6.h). */
#define IN_ADDRESS_AT 4
#define IN6_ADDRESS_AT 8

/* The program asked to bind the socket to this struct sockaddr, to connect it, or to send to it. */
__weak int add_peer(__s32 descriptor, __u64 sockaddr)
{
  struct file *file = file_of(descriptor);
  __u64 address[2] = {};
  __u16 family = 0;
  bool is_loopback;

  bpf_probe_read_user(&family, sizeof(family), (void *)sockaddr);
  if ((family != AF_INET && family != AF_INET6) || !file || (BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT) != S_IFSOCK)
    return 0;
  if (family == AF_INET) {
    bpf_probe_read_user(address, sizeof(__u32), (void *)(sockaddr + IN_ADDRESS_AT));
    is_loopback = is_loopback4((const __u8 *)address);
  } else {
    bpf_probe_read_user(address, sizeof(address), (void *)(sockaddr + IN6_ADDRESS_AT));
    is_loopback = is_loopback6((const __u8 *)address);
  }
  struct socket *socket = (struct socket *)BPF_CORE_READ(file, private_data);
  return add_socket(BPF_CORE_READ(socket, sk, __sk_common.skc_family), BPF_CORE_READ(socket, type),
                    is_loopback ? PG_SOCKET_LOOPBACK : PG_SOCKET_BEYOND);
}

/* msg_name of a struct msghdr; of several messages, that of the first. */
static __always_inline __u64 name_in_message(__u64 message, __u32 abi)
{
  __u64 name = 0;

  bpf_probe_read_user(&name, abi == PG_COMPAT ? sizeof(__u32) : sizeof(__u64), (void *)message);
  return name;
}

/* The address of the call's struct sockaddr, or 0. `value` is the argument that leads to it. */
static __always_inline __u64 sockaddr_at(const struct pg_target *target, __u64 value, __u32 abi)
{
  return target->kind == PG_TARGET_MESSAGE ? name_in_message(value, abi) : value;
}

static __always_inline bool names_address(const struct pg_target *target)
{
  return target->kind == PG_TARGET_SOCKADDR || target->kind == PG_TARGET_PEER || target->kind == PG_TARGET_MESSAGE;
}

#endif
