// SPDX-License-Identifier: MIT
//
// knobs.c: reads the knob that the first argument names, and sets it to its least value, the second argument, to its greatest,
// the third, and to one more.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int (*get_knob)(const char *, uint64_t *);
static int (*set_knob)(const char *, uint64_t);

static void set(const char *what, const char *name, uint64_t value) {
  int error = set_knob(name, value);
  uint64_t present = 0;
  get_knob(name, &present);
  const char *word = error == 0 ? "set" : error == ERANGE ? "ERANGE" : "another error";
  printf("%s %s, is %llu\n", what, word, (unsigned long long)present);
}

int main(int count, char **arguments) {
  if (count != 4) return 64;
  get_knob = (int (*)(const char *, uint64_t *))dlsym(RTLD_DEFAULT, "ace_get_knob");
  set_knob = (int (*)(const char *, uint64_t))dlsym(RTLD_DEFAULT, "ace_set_knob");
  if (!get_knob || !set_knob) return 69;
  const char *name = arguments[1];
  uint64_t initial = 0, least = strtoull(arguments[2], NULL, 10), greatest = strtoull(arguments[3], NULL, 10);
  int error = get_knob(name, &initial);
  if (error == ENOENT && set_knob(name, 0) == ENOENT) {
    puts("default ENOENT");
    return 0;
  }
  if (error != 0) return 1;
  printf("default %llu\n", (unsigned long long)initial);
  set("least", name, least);
  if (least > 0) set("below", name, least - 1);
  set("greatest", name, greatest);
  set("beyond", name, greatest + 1);
  return 0;
}
