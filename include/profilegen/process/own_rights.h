// SPDX-License-Identifier: Apache-2.0
// With capabilities on the program's file (setcap) any user of the machine may start it, so it must do for that user
// only what needs them. It keeps them permitted, and in effect only while it loads BPF programs and looks at recorded
// processes. Root has its rights in any program, and nothing here changes them.
#pragma once

#include <cstdint>

namespace profilegen {

/// Takes the capabilities out of effect. They stay permitted. At the beginning of main().
void lower_rights();

/// Gives up the capabilities for good: what follows needs none. Only this thread's, so before there are others.
void give_up_rights();

/// While it lives, all permitted capabilities are in effect.
class RaisedRights {
 public:
  RaisedRights();
  ~RaisedRights();
  RaisedRights(const RaisedRights&) = delete;
  RaisedRights& operator=(const RaisedRights&) = delete;

 private:
  uint64_t before_;
};

/// While it lives, none are: for files that the user named, and for programs that are started.
class LoweredRights {
 public:
  LoweredRights();
  ~LoweredRights();
  LoweredRights(const LoweredRights&) = delete;
  LoweredRights& operator=(const LoweredRights&) = delete;

 private:
  uint64_t before_;
};

}  // namespace profilegen
