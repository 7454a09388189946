// SPDX-License-Identifier: Apache-2.0
// The names are those of containers/common, pkg/seccomp/errno_list.go.
#include "errno_names.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <string_view>

namespace profilegen::seccomp {
namespace {

struct ErrnoName {
  std::string_view name;
  uint32_t errnum;
};

#define NAMED(name) \
  ErrnoName { #name, name }
constexpr std::array kErrnoNames = {
    NAMED(EPERM),           NAMED(ENOENT),          NAMED(ESRCH),           NAMED(EIO),
    NAMED(ENXIO),           NAMED(E2BIG),           NAMED(ENOEXEC),         NAMED(EBADF),
    NAMED(ECHILD),          NAMED(EDEADLK),         NAMED(ENOMEM),          NAMED(EACCES),
    NAMED(EFAULT),          NAMED(ENOTBLK),         NAMED(EBUSY),           NAMED(EEXIST),
    NAMED(EXDEV),           NAMED(ENODEV),          NAMED(ENOTDIR),         NAMED(EISDIR),
    NAMED(EINVAL),          NAMED(ENFILE),          NAMED(EMFILE),          NAMED(ENOTTY),
    NAMED(ETXTBSY),         NAMED(EFBIG),           NAMED(ENOSPC),          NAMED(ESPIPE),
    NAMED(EROFS),           NAMED(EMLINK),          NAMED(EPIPE),           NAMED(EDOM),
    NAMED(ERANGE),          NAMED(EAGAIN),          NAMED(EINPROGRESS),     NAMED(EALREADY),
    NAMED(ENOTSOCK),        NAMED(EDESTADDRREQ),    NAMED(EMSGSIZE),        NAMED(EPROTOTYPE),
    NAMED(ENOPROTOOPT),     NAMED(EPROTONOSUPPORT), NAMED(ESOCKTNOSUPPORT), NAMED(EOPNOTSUPP),
    NAMED(EPFNOSUPPORT),    NAMED(EAFNOSUPPORT),    NAMED(EADDRINUSE),      NAMED(EADDRNOTAVAIL),
    NAMED(ENETDOWN),        NAMED(ENETUNREACH),     NAMED(ENETRESET),       NAMED(ECONNABORTED),
    NAMED(ECONNRESET),      NAMED(ENOBUFS),         NAMED(EISCONN),         NAMED(ENOTCONN),
    NAMED(ESHUTDOWN),       NAMED(ETOOMANYREFS),    NAMED(ETIMEDOUT),       NAMED(ECONNREFUSED),
    NAMED(ELOOP),           NAMED(ENAMETOOLONG),    NAMED(EHOSTDOWN),       NAMED(EHOSTUNREACH),
    NAMED(ENOTEMPTY),       NAMED(EUSERS),          NAMED(EDQUOT),          NAMED(ESTALE),
    NAMED(EREMOTE),         NAMED(ENOLCK),          NAMED(ENOSYS),          NAMED(EILSEQ),
    NAMED(ENOMEDIUM),       NAMED(EMEDIUMTYPE),     NAMED(EOVERFLOW),       NAMED(ECANCELED),
    NAMED(EIDRM),           NAMED(ENOMSG),          NAMED(ENOTSUP),         NAMED(EBADMSG),
    NAMED(ENOTRECOVERABLE), NAMED(EOWNERDEAD),
};
#undef NAMED

}  // namespace

std::optional<uint32_t> errno_of_text(const std::string& text) {
  uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc() && read == end) return number;
  const auto* found = std::ranges::find(kErrnoNames, text, &ErrnoName::name);
  if (found == kErrnoNames.end()) return std::nullopt;
  return found->errnum;
}

}  // namespace profilegen::seccomp
