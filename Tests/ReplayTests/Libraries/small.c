// SPDX-License-Identifier: MIT

// Tells a usable size below the size asked for.
#define OWN_USABLE_SIZE
#include "bump.h"

size_t malloc_usable_size(void *block) { return bump_usable(block) / 2; }
