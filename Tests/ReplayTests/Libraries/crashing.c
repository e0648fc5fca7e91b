// SPDX-License-Identifier: MIT

// Touches memory that is not there on the hundredth call.
#define OWN_MALLOC
#include "bump.h"

void *malloc(size_t size) {
  if (bump_call() == 100) *(volatile char *)8 = 1;
  return bump_allocate(16, size);
}
