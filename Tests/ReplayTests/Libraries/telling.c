// SPDX-License-Identifier: MIT

// Sound, and tells counters as ACE does: each call is a refill of one block. With -DSTILL the counters stand where they
// stood when the library was loaded; with -DOLDER it knows only the fields up to refill_count; with -DREFUSING it tells
// nothing; with -DHEAVY the second reading and those after it touch 64 MiB, and metadata is the number of readings; with
// -DDECIDING it has decided 515 times, and knows the last 512.
#include "bump.h"

#include <errno.h>
#include "../../../Sources/CACE/include/ace.h"

static uint64_t count(void) {
#ifdef STILL
  return 1000;
#else
  // The bump allocator's cursor moves with every block.
  return __atomic_load_n(&cursor, __ATOMIC_RELAXED);
#endif
}

int ace_get_statistics(struct ace_statistics *statistics) {
#ifdef REFUSING
  return EINVAL;
#endif
#ifdef OLDER
  statistics->byte_count = offsetof(struct ace_statistics, refill_count) + sizeof(uint64_t);
#else
  statistics->byte_count = sizeof(struct ace_statistics);
  statistics->foreign_free_count = 77;
#endif
#ifdef HEAVY
  static char weight[64 << 20];
  static unsigned reading_count;
  if (++reading_count > 1) {
    for (size_t index = 0; index < sizeof weight; index += 4096) ((volatile char *)weight)[index] = 1;
  }
  statistics->metadata = reading_count;
#endif
  statistics->interface_version = ACE_INTERFACE_VERSION;
  statistics->refill_count = count();
  return 0;
}

unsigned ace_class_count(void) { return 3; }

int ace_get_class_statistics(unsigned size_class, struct ace_class_statistics *statistics) {
  if (size_class < 1 || size_class > 3) return EINVAL;
  statistics->byte_count = sizeof(struct ace_class_statistics);
  statistics->block_byte_count = 16 * size_class;
  statistics->refill_count = size_class == 1 ? count() : 0;
  return 0;
}

#ifdef DECIDING
uint64_t ace_decision_count(void) { return 515; }

int ace_get_decision(uint64_t sequence, struct ace_decision *decision) {
  if (sequence <= 3 || sequence > 515) return ENOENT;
  int is_about_class = sequence % 2;
  *decision = (struct ace_decision){
      .byte_count = sizeof(struct ace_decision),
      .sequence = sequence,
      .milliseconds = 10 * sequence,
      .epoch = sequence / 2,
      .class_bytes = is_about_class ? 64 : 0,
      .old_value = 4,
      .new_value = UINT64_MAX,
      .was_applied = is_about_class,
      .old_cost = is_about_class ? 1003250 : 0,
      .new_cost = is_about_class ? 998000 : 1000000,
      // As long as it can be: the zero byte is the array's last.
      .subject = "a-knob-with-a-name-of-31-letters",
      .reason = "won \"3\" of 4 epochs",
  };
  decision->subject[31] = 0;
  return 0;
}
#endif
