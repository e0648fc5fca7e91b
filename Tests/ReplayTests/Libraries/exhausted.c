// SPDX-License-Identifier: MIT

// Returns NULL from the hundredth call on.
#define OWN_MALLOC
#include "bump.h"

void *malloc(size_t size) { return bump_call() < 100 ? bump_allocate(16, size) : NULL; }
