// SPDX-License-Identifier: Apache-2.0
#include "rights/network_names.h"

#include <array>

namespace profilegen {
namespace {

// Index = AF_* (include/linux/socket.h). apparmor_parser has no word for AF_UNSPEC (0) and AF_DECnet (12).
constexpr std::array<std::string_view, 46> kFamilies = {
    "",       "unix",      "inet",    "ax25",    "ipx",      "appletalk", "netrom",     "bridge", "atmpvc", "x25",
    "inet6",  "rose",      "",        "netbeui", "security", "key",       "netlink",    "packet", "ash",    "econet",
    "atmsvc", "rds",       "sna",     "irda",    "pppox",    "wanpipe",   "llc",        "ib",     "mpls",   "can",
    "tipc",   "bluetooth", "iucv",    "rxrpc",   "isdn",     "phonet",    "ieee802154", "caif",   "alg",    "nfc",
    "vsock",  "kcm",       "qipcrtr", "smc",     "xdp",      "mctp"};

// Index = SOCK_* (include/linux/net.h). SOCK_DCCP (6) has no word.
constexpr std::array<std::string_view, 11> kTypes = {"", "stream", "dgram", "raw", "rdm",   "seqpacket",
                                                     "", "",       "",      "",    "packet"};

}  // namespace

std::string_view network_family_name(uint32_t family) { return family < kFamilies.size() ? kFamilies[family] : ""; }

std::string_view socket_type_name(uint32_t type) { return type < kTypes.size() ? kTypes[type] : ""; }

}  // namespace profilegen
