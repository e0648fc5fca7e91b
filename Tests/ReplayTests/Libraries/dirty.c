// SPDX-License-Identifier: MIT

// Does not zero what calloc hands out.
#define OWN_CALLOC
#include "bump.h"

void *calloc(size_t count, size_t size) {
  char *block = bump_allocate(16, count * size);
  for (size_t index = 0; index < count * size; index++) block[index] = 1;
  return block;
}
