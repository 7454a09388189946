/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
 *
 * Records the ports that IP sockets were bound to, with success.
 */
#ifndef PROFILEGEN_PORTS_H
#define PROFILEGEN_PORTS_H

#include "behaviours.h"
#include "sockets.h"

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 16384);
  __type(key, struct pg_ports_key);
  __type(value, struct pg_ports);
} ports SEC(".maps");

static const struct pg_ports no_ports;

#define SOCK_RAW 3
#define IPPROTO_ICMP 1
#define IPPROTO_ICMPV6 58
#define SOCK_DGRAM 2
#define SYS_SOCKET 1 /* of socketcall(2) */
#define SYS_BIND 2

/* Whether the number in this socket's address is a port. That of a ping socket is the identity of its messages, and a
 * raw socket has none. */
static __always_inline bool has_ports(struct socket *socket)
{
  __u16 protocol = BPF_CORE_READ(socket, sk, sk_protocol);

  return BPF_CORE_READ(socket, type) != SOCK_RAW && protocol != IPPROTO_ICMP && protocol != IPPROTO_ICMPV6;
}

static __always_inline void tell_port(const struct pg_task *state, __u32 number)
{
  struct pg_call_event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

  if (!event)
    return;
  __builtin_memset(event, 0, sizeof(*event));
  event->type = PG_EVENT_PORT;
  event->run = state->run;
  event->number = number;
  fill_first(&event->first);
  bpf_ringbuf_submit(event, 0);
}

/* The socket in `descriptor` was bound to this struct sockaddr. A global function, which is verified once. */
__weak int add_port(__s32 descriptor, __u64 sockaddr)
{
  struct pg_task *state = current_state();
  struct file *file = file_of(descriptor);
  struct {
    __u16 family;
    __be16 port;
  } address = {};

  bpf_probe_read_user(&address, sizeof(address), (void *)sockaddr);
  if ((address.family != AF_INET && address.family != AF_INET6) || !address.port || !app_run(state) || !file ||
      (BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT) != S_IFSOCK)
    return 0;
  struct socket *socket = (struct socket *)BPF_CORE_READ(file, private_data);
  if (!has_ports(socket))
    return 0;
  __u16 port = bpf_ntohs(address.port);
  struct pg_ports_key key = {.run = state->run, .page = port >> PG_PORT_BITS};
  key.family = BPF_CORE_READ(socket, sk, __sk_common.skc_family);
  key.type = BPF_CORE_READ(socket, type);
  struct pg_ports *page = bpf_map_lookup_elem(&ports, &key);
  if (!page) {
    bpf_map_update_elem(&ports, &key, &no_ports, BPF_NOEXIST);
    page = bpf_map_lookup_elem(&ports, &key);
  }
  if (!page) {
    lost(PG_LOSS_PORTS);
    return 0;
  }
  __u8 *bound = &page->bound[port & (PG_PORTS - 1)];
  if (*bound)
    return 0;
  *bound = 1;
  tell_port(state, (__u32)port << 16 | (__u32)key.family << 8 | key.type);
  return 0;
}

/* A socket of this kind was made. */
static __always_inline void add_ping_socket(__u32 number, __u32 abi, __u32 family, __u32 type, __u32 protocol)
{
  if ((type & SOCK_TYPE_MASK) == SOCK_DGRAM &&
      ((family == AF_INET && protocol == IPPROTO_ICMP) || (family == AF_INET6 && protocol == IPPROTO_ICMPV6)))
    add_behaviour(number, abi, PG_BEHAVIOUR_PING_SOCKET);
}

/* The calls of i386's socketcall(2) have their arguments behind a pointer. */
static __always_inline void add_socketcall(__u32 number, __u64 call, __u64 arguments)
{
  __u32 words[3] = {};

  if ((call != SYS_BIND && call != SYS_SOCKET) || bpf_probe_read_user(words, sizeof(words), (void *)arguments))
    return;
  if (call == SYS_BIND)
    add_port(words[0], words[1]);
  else
    add_ping_socket(number, PG_COMPAT, words[0], words[1], words[2]);
}

#endif
