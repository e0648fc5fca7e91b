// SPDX-License-Identifier: MIT
// A library that programs open while they run.
#include <stdlib.h>

static void *volatile kept;

void plugin_allocate(void) {
  kept = malloc(30001);
  free(kept);
  kept = NULL;
}
