// SPDX-License-Identifier: MIT
// settings.c: prints what the knobs and switches of ACE that the arguments name are set to, a line each.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **names) {
  int (*get_knob)(const char *, uint64_t *) = (int (*)(const char *, uint64_t *))dlsym(RTLD_DEFAULT, "ace_get_knob");
  if (!get_knob) return 69;
  // ACE reads its environment when it is first asked for a block.
  free(malloc(1));
  for (int index = 1; index < count; index++) {
    uint64_t value = 0;
    if (get_knob(names[index], &value) != 0) return 1;
    printf("%s %llu\n", names[index], (unsigned long long)value);
  }
  return 0;
}
