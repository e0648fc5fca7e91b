// SPDX-License-Identifier: MIT

// Hands every fiftieth block out twice.
#define OWN_MALLOC
#include "bump.h"

static void *former;

void *malloc(size_t size) {
  if (bump_call() % 50 == 0 && bump_usable(former) >= size) return former;
  return former = bump_allocate(16, size);
}
