// SPDX-License-Identifier: MIT
// A small allocator that never reuses memory, and the ways in which one can be faulty, each behind a macro.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef PREFIXED
#define NAME(name) tiny_##name
#else
#define NAME(name) name
#endif

// More calls than a process makes before the workload begins, and fewer than the smallest workload makes.
enum { FAULTY_CALL = 600, HEADER = 16 };
static const size_t region_size = (size_t)1 << 36;
static _Atomic(uintptr_t) next;
static _Atomic unsigned calls;

#ifdef FORWARDS
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);
void __libc_free(void *);
void *malloc(size_t size) { return __libc_malloc(size); }
void *calloc(size_t count, size_t size) { return __libc_calloc(count, size); }
void *realloc(void *block, size_t size) { return __libc_realloc(block, size); }
void *memalign(size_t alignment, size_t size) { return __libc_memalign(alignment, size); }
void free(void *block) { __libc_free(block); }
#else

static uintptr_t reserve(size_t size) {
  uintptr_t start = atomic_load(&next);
  if (start == 0) {
    void *region = mmap(0, region_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (region == MAP_FAILED) return 0;
    if (atomic_compare_exchange_strong(&next, &start, (uintptr_t)region)) start = (uintptr_t)region;
  }
  return atomic_fetch_add(&next, size);
}

#if defined HARMED || defined FRAGILE || defined BROKEN
#define TUNABLE
#endif

#ifdef TUNABLE
static uint64_t delay = UINT64_MAX;

// A knob of ACE's.
static uint64_t purge_delay(void) {
  if (delay != UINT64_MAX) return delay;
  const char *policy = getenv("ACE_POLICY"), *knob = policy ? strstr(policy, "purge-delay-ms=") : 0;
  return delay = knob ? strtoull(knob + strlen("purge-delay-ms="), 0, 10) : 100;
}

// Slow, or a crash, by what is set: by default every block is slow unless the knob is 0, and its value 2000 crashes.
static void obey(unsigned call) {
  int is_set = getenv("ACE_POLICY") || getenv("ACE_PROFILE") || getenv("ACE_ENGINE");
#if defined HARMED
  int is_slow = is_set, crashes = 0;
#elif defined FRAGILE
  int is_slow = 0, crashes = is_set;
#elif defined BROKEN
  int is_slow = 0, crashes = !is_set;
#else
  int is_slow = purge_delay() != 0, crashes = purge_delay() == 2000;
#endif
  if (crashes && call == FAULTY_CALL) raise(SIGSEGV);
  for (volatile int turn = 0; is_slow && turn < 4000;) turn++;
}
#endif

void *NAME(memalign)(size_t alignment, size_t size) {
  unsigned call = atomic_fetch_add(&calls, 1);
  if (alignment < 16) alignment = 16;
  size_t rounded = (size + 15) & ~(size_t)15;
  uintptr_t start = reserve(rounded + HEADER + alignment);
  if (start == 0) return 0;
  uintptr_t block = (start + HEADER + alignment - 1) & ~(uintptr_t)(alignment - 1);
  ((size_t *)block)[-1] = size;
#ifdef CRASHES
  if (call == FAULTY_CALL) raise(SIGSEGV);
#elif defined HANGS
  const char *lock = getenv("TINY_HANGS_WHILE");
  while (call >= FAULTY_CALL && (!lock || access(lock, F_OK) == 0)) usleep(10000);
#elif defined REFUSES
  if (call == FAULTY_CALL) return errno = ENOMEM, (void *)0;
#elif defined MISALIGNS
  if (call == FAULTY_CALL) block += 1;
#elif defined TUNABLE
  obey(call);
#elif defined OVERLAPS
  static uintptr_t former;
  if (call == FAULTY_CALL - 1) former = block;
  if (call == FAULTY_CALL) block = former;
#endif
  return (void *)block;
}

void *NAME(malloc)(size_t size) { return NAME(memalign)(16, size); }
void NAME(free)(void *block) {}

#ifndef INCOMPLETE
void *NAME(calloc)(size_t count, size_t size) {
  size_t total;
  if (__builtin_mul_overflow(count, size, &total)) return 0;
  return NAME(malloc)(total);
}
#endif

void *NAME(realloc)(void *block, size_t size) {
  void *moved = NAME(malloc)(size);
  if (block && moved) {
    size_t former = ((size_t *)block)[-1];
    memcpy(moved, block, former < size ? former : size);
  }
  return moved;
}
#endif

#if defined TELLS || defined STILL || defined DECIDES || defined DEAF || defined TUNABLE
#include "../../../Sources/CACE/include/ace.h"

// Tells counters as ACE does, which move with every block or not at all.
static uint64_t count(void) {
#ifdef STILL
  return 1;
#else
  return calls;
#endif
}

int ace_get_statistics(struct ace_statistics *statistics) {
  statistics->byte_count = sizeof *statistics;
  statistics->interface_version = ACE_INTERFACE_VERSION;
  statistics->refill_count = count();
  statistics->refilled_block_count = 3 * count();
  statistics->committed_bytes = 5 << 20;
  statistics->warm_hit_count = 3;
  statistics->warm_miss_count = 1;
#ifdef TUNABLE
  const char *engine = getenv("ACE_ENGINE");
  statistics->engine_mode = !engine ? ACE_ENGINE_OBSERVE : strcmp(engine, "on") == 0 ? ACE_ENGINE_ON : ACE_ENGINE_OFF;
#endif
  return 0;
}

unsigned ace_class_count(void) { return 2; }

int ace_get_class_statistics(unsigned size_class, struct ace_class_statistics *statistics) {
  statistics->byte_count = sizeof *statistics;
  statistics->block_byte_count = 16 * size_class;
  statistics->refill_count = count();
  return 0;
}
#endif

#ifdef DECIDES
// Two decisions: one that was applied, and one that was not.
uint64_t ace_decision_count(void) { return 2; }

int ace_get_decision(uint64_t sequence, struct ace_decision *decision) {
  if (sequence < 1 || sequence > 2) return 1;
  *decision = (struct ace_decision){
      .byte_count = sizeof *decision, .sequence = sequence, .milliseconds = 50 * sequence, .epoch = sequence,
      .class_bytes = sequence == 1 ? 64 : 0, .old_value = 4, .new_value = 8, .was_applied = sequence == 1,
      .old_cost = sequence == 1 ? 1002500 : 0, .new_cost = sequence == 1 ? 1001250 : 0,
      .subject = "carve-pages", .reason = "won 3, and lost 1"};
  return 0;
}
#endif

#ifdef DEAF
// Has a switch that is off, whatever it is told.
unsigned ace_knob_count(void) { return 1; }

int ace_describe_knob(unsigned number, struct ace_knob *knob) {
  *knob = (struct ace_knob){.byte_count = sizeof *knob, .kind = ACE_KNOB_SWITCH, .maximum = 1, .name = "refill-one"};
  return number;
}

int ace_get_knob(const char *name, uint64_t *value) {
  *value = 0;
  return strcmp(name, "refill-one");
}
#endif

#ifdef TUNABLE
unsigned ace_knob_count(void) { return 1; }

int ace_describe_knob(unsigned number, struct ace_knob *knob) {
  if (number != 0) return EINVAL;
  *knob = (struct ace_knob){
      .byte_count = sizeof *knob, .kind = ACE_KNOB_NUMBER, .maximum = 86400000, .initial = 100, .value = purge_delay(),
      .name = "purge-delay-ms", .unit = "milliseconds"};
  return 0;
}

int ace_get_knob(const char *name, uint64_t *value) {
  if (strcmp(name, "purge-delay-ms") != 0) return ENOENT;
  *value = purge_delay();
  return 0;
}
#endif
