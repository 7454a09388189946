// SPDX-License-Identifier: Apache-2.0
// Handles PG_EVENT_OBJECTS: what the capability checks of a call were about.
#pragma once

#include "containers/live_run.h"

namespace profilegen {

/// PG_FILE_ASKED: keeps a file that the call names until its PG_EVENT_OBJECTS comes.
void keep_asked_name(LiveRun& live, NamedEvent named);

/// Adds to LiveRun::objects. Files and processes are looked at now, so this is done at once.
void add_objects(LiveRun& live, const pg_objects_event& event);

}  // namespace profilegen
