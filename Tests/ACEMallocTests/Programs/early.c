// SPDX-License-Identifier: MIT
//
// early.c: a library whose constructor, which runs before the program's, allocates; so does its destructor.
#include "checks.h"

void *early_block;
size_t early_size = 12345;

__attribute__((constructor)) static void construct(void) {
  for (size_t size = 1; size < 100000; size = size * 2 + 1) free(malloc(size));
  early_block = malloc(early_size);
  if (early_block) fill(early_block, early_size, 5);
}

__attribute__((destructor)) static void destruct(void) {
  for (size_t size = 1; size < 100000; size = size * 2 + 1) free(memset(malloc(size), 1, size));
}
