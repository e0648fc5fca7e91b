// SPDX-License-Identifier: MIT
//
// settings.c: prints every switch and knob with its value, the engine's mode, and the route that blocks take. Each argument,
// name=value, is set before; what cannot be is said.
#include "worker.h"

int main(int argument_count, char **arguments) {
  unsigned (*count)(void) = (unsigned (*)(void))dlsym(RTLD_DEFAULT, "ace_knob_count");
  int (*describe)(unsigned, struct ace_knob *) = (int (*)(unsigned, struct ace_knob *))dlsym(RTLD_DEFAULT, "ace_describe_knob");
  int (*set)(const char *, uint64_t) = (int (*)(const char *, uint64_t))dlsym(RTLD_DEFAULT, "ace_set_knob");
  if (!count || !describe || !set) return 69;
  for (int index = 1; index < argument_count; index++) {
    char name[64] = "";
    const char *value = strchr(arguments[index], '=');
    if (!value) return 64;
    memcpy(name, arguments[index], (size_t)(value - arguments[index]));
    int error = set(name, strtoull(value + 1, NULL, 10));
    if (error) printf("%s: %s\n", arguments[index], error == ENOENT ? "ENOENT" : error == ERANGE ? "ERANGE" : "?");
  }
  for (unsigned number = 0; number < count(); number++) {
    struct ace_knob knob = {.byte_count = sizeof knob};
    if (describe(number, &knob) != 0) return 70;
    printf("%s=%llu\n", knob.name, (unsigned long long)knob.value);
  }
  struct ace_knob none = {.byte_count = sizeof none};
  if (describe(count(), &none) != EINVAL) return 71;
  struct ace_statistics before = statistics_now();
  // Calls that a front serves, but for the first, are no refills.
  void *blocks[20];
  for (size_t index = 0; index < COUNT_OF(blocks); index++) blocks[index] = malloc(24);
  struct ace_statistics tiny = statistics_now();
  void *page = malloc(4096);
  struct ace_statistics mid = statistics_now();
  bool has_fronts = tiny.refill_count - before.refill_count < 10;
  bool has_runs = mid.mid_allocation_count > tiny.mid_allocation_count;
  const char *modes[] = {"off", "observe", "on"};
  printf("engine=%s\n", modes[mid.engine_mode]);
  printf("route=%s\n", !has_fronts ? "pool-only" : has_runs ? "tiny-first" : "tiny-only");
  for (size_t index = 0; index < COUNT_OF(blocks); index++) free(blocks[index]);
  free(page);
  return 0;
}
