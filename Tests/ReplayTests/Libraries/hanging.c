// SPDX-License-Identifier: MIT

// Never returns from the hundredth call.
#define OWN_MALLOC
#include "bump.h"
#include <unistd.h>

void *malloc(size_t size) {
  while (bump_call() >= 100) pause();
  return bump_allocate(16, size);
}
