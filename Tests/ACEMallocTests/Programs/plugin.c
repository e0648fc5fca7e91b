// SPDX-License-Identifier: MIT
//
// plugin.c: a library to be opened and closed, whose thread-locals are too large for the space kept for late libraries,
// so that the dynamic linker allocates them.
#include "checks.h"

static __thread unsigned long calls;
static __thread char large[20000];
static void *of_constructor;

__attribute__((constructor)) static void construct(void) { of_constructor = memset(malloc(4321), 1, 4321); }
__attribute__((destructor)) static void destruct(void) { free(of_constructor); }

void *plugin_make(size_t size) {
  calls++;
  large[size % sizeof large] = 1;
  void *block = malloc(size);
  if (block) fill(block, size, size);
  return block;
}

void plugin_destroy(void *block) {
  calls++;
  free(block);
}

unsigned long plugin_count(void) { return calls; }
