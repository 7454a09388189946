// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rounds.h"
#include "tracers.h"

struct Bench {
  Workplace place;
  Report report;
  int rounds = 7;
};

#define SECTION(name, help) void measure_##name(Bench& bench);
#include "sections.def"
#undef SECTION
