// SPDX-License-Identifier: MIT

// Loses what was in a block when it moves.
#define OWN_REALLOC
#include "bump.h"

void *realloc(void *block, size_t size) {
  (void)block;
  return bump_allocate(16, size);
}
