// SPDX-License-Identifier: MIT

// Writes into a live block when another is freed.
#define OWN_MALLOC
#define OWN_FREE
#include "bump.h"

static char *newest;

void *malloc(size_t size) { return newest = bump_allocate(16, size); }

void free(void *block) {
  if (block != newest && newest) newest[0]++;
}
