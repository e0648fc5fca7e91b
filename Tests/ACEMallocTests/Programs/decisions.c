// SPDX-License-Identifier: MIT
//
// decisions.c: a single-threaded program in phases, which prints everything that ACE's engine decides, as it does.
#include "worker.h"

static uint64_t told;

static void tell_decisions(void) {
  static uint64_t (*count)(void);
  static int (*get)(uint64_t, struct ace_decision *);
  if (!count) count = (uint64_t(*)(void))dlsym(RTLD_DEFAULT, "ace_decision_count");
  if (!get) get = (int (*)(uint64_t, struct ace_decision *))dlsym(RTLD_DEFAULT, "ace_get_decision");
  if (!count || !get) _exit(69);
  while (told < count()) {
    struct ace_decision decision = {.byte_count = sizeof decision};
    if (get(++told, &decision) != 0) continue;
    char text[512];
    snprintf(text, sizeof text, "%llu %llu %llu %llu %s %llu %llu %llu %llu %llu %s\n",
             (unsigned long long)decision.sequence, (unsigned long long)decision.milliseconds,
             (unsigned long long)decision.epoch, (unsigned long long)decision.class_bytes, decision.subject,
             (unsigned long long)decision.old_value, (unsigned long long)decision.new_value,
             (unsigned long long)decision.was_applied, (unsigned long long)decision.old_cost,
             (unsigned long long)decision.new_cost, decision.reason);
    say(text);
  }
}

int main(void) {
  static void *blocks[20000];
  uint64_t random = 3;
  for (unsigned phase = 0; phase < 160; phase++) {
    size_t limit = phase / 3 % 2 ? 900 : 120;
    for (unsigned turn = 0; turn < 40000; turn++) {
      size_t index = next_random(&random) % COUNT_OF(blocks);
      free(blocks[index]);
      blocks[index] = next_random(&random) % 3 ? malloc(1 + next_random(&random) % limit) : NULL;
      if (turn % 200 == 0) free(malloc(random_size(&random, 500000)));
    }
    if (phase % 4 == 3) {
      for (size_t index = 0; index < COUNT_OF(blocks); index++) {
        free(blocks[index]);
        blocks[index] = NULL;
      }
    }
    tell_decisions();
  }
  return 0;
}
