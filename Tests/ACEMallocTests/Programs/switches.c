// SPDX-License-Identifier: MIT
//
// switches.c: says whether the switch that the argument names is on, and turns it to the other side and back.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>

int main(int count, char **arguments) {
  if (count != 2) return 64;
  int (*get)(const char *, uint64_t *) = (int (*)(const char *, uint64_t *))dlsym(RTLD_DEFAULT, "ace_get_knob");
  int (*set)(const char *, uint64_t) = (int (*)(const char *, uint64_t))dlsym(RTLD_DEFAULT, "ace_set_knob");
  if (!get || !set) return 69;
  const char *name = arguments[1];
  uint64_t value = 2, other = 2, again = 2;
  if (get(name, &value) != 0 || value > 1) return 1;
  if (set(name, 1 - value) != 0 || get(name, &other) != 0 || other != 1 - value) return 2;
  if (set(name, value) != 0 || get(name, &again) != 0 || again != value) return 3;
  if (set(name, 2) != ERANGE) return 4;
  puts(value ? "on" : "off");
  return 0;
}
