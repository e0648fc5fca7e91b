// SPDX-License-Identifier: MIT
//
// misuse.c: commits the one mistake that the first argument names, on a block of the size that the second gives. The
// pointer that is misused is written first: ACE's checks are to stop the program with a line that names it. Reaching
// the end is the failure, and has status 3.
#include "checks.h"

#include <sys/mman.h>

static size_t size;
static char *pointer;

/// Names a pointer that the report may be about.
static void tell(const void *subject) {
  char text[64];
  snprintf(text, sizeof text, "pointer %p\n", subject);
  say(text);
}

/// A block between others of its size that stay live: what it leaves when it is freed has room for no larger one.
static char *made(void) {
  static char *others[64];
  size_t count = size < MIB ? COUNT_OF(others) : 4;
  char *block = NULL;
  for (size_t index = 0; index < count; index++) {
    memset(others[index] = malloc(size), 1, size);
    if (index == count / 2) memset(block = malloc(size), 2, size);
  }
  return block;
}

static void *free_it(void *argument) {
  free(argument);
  return NULL;
}

static void free_in_a_thread(void *block) {
  pthread_t thread;
  pthread_create(&thread, NULL, free_it, block);
  pthread_join(thread, NULL);
}

/// Operations that take no block of the size, nor of a smaller one.
static void other_work(void) {
  static void *blocks[200];
  uint64_t random = 1;
  for (unsigned turn = 0; turn < 20000; turn++) {
    size_t index = next_random(&random) % COUNT_OF(blocks);
    free(blocks[index]);
    blocks[index] = malloc(size * 3 + random_size(&random, 20000));
  }
}

/// Writes past a block's end into a neighbour that is free, and then frees and reuses both.
static void overflow(size_t byte_count) {
  enum { count = 2000 };
  static char *blocks[count];
  for (size_t index = 0; index < count; index++) memset(blocks[index] = malloc(size), 1, size);
  char *before = NULL, *after = NULL;
  size_t freed = 0;
  // Between a block and the next there may be something of the allocator's: a header, a red zone, what rounding leaves.
  for (size_t index = 100; index < count && !after; index++)
    for (size_t other = 100; other < count && !after; other++) {
      ptrdiff_t gap = blocks[other] - blocks[index] - (ptrdiff_t)malloc_usable_size(blocks[index]);
      if (gap < 0 || gap > 512) continue;
      before = blocks[index];
      after = blocks[other];
      freed = other;
    }
  if (!after) {
    say("no two blocks are neighbours\n");
    exit(4);
  }
  tell(before);
  tell(after);
  free(after);
  blocks[freed] = NULL;
  size_t usable = malloc_usable_size(before);
  for (size_t index = 0; index < byte_count; index++) before[usable + index] = (char)~before[usable + index];
  free(before);
  for (size_t index = 0; index < count; index++)
    if (blocks[index] != before) free(blocks[index]);
  for (size_t index = 0; index < count; index++) blocks[index] = malloc(size);
  for (size_t index = 0; index < count; index++) free(blocks[index]);
}

int main(int argument_count, char **arguments) {
  const char *mistake = arguments[1];
  size = argument_count > 2 ? strtoull(arguments[2], NULL, 10) : 64;
  if (!strncmp(mistake, "overflow-", 9)) {
    overflow(strtoull(mistake + 9, NULL, 10));
    exit(3);
  }
  pointer = made();
  if (!strcmp(mistake, "double-at-once")) {
    tell(pointer);
    free(pointer);
    free(pointer);
  } else if (!strcmp(mistake, "double-later")) {
    tell(pointer);
    free(pointer);
    other_work();
    free(pointer);
  } else if (!strcmp(mistake, "double-after-others")) {
    // It is no longer the newest free block of its slab.
    char *others[20];
    for (size_t index = 0; index < COUNT_OF(others); index++) others[index] = malloc(size);
    tell(pointer);
    free(pointer);
    for (size_t index = 0; index < COUNT_OF(others); index++) free(others[index]);
    free(pointer);
  } else if (!strcmp(mistake, "double-in-a-thread")) {
    tell(pointer);
    free(pointer);
    free_in_a_thread(pointer);
  } else if (!strcmp(mistake, "double-of-a-thread's")) {
    tell(pointer);
    free_in_a_thread(pointer);
    free(pointer);
  } else if (!strcmp(mistake, "double-in-two-threads")) {
    tell(pointer);
    free_in_a_thread(pointer);
    free_in_a_thread(pointer);
  } else if (!strcmp(mistake, "realloc-of-freed")) {
    tell(pointer);
    free(pointer);
    pointer = realloc(pointer, size * 4);
  } else if (!strcmp(mistake, "interior")) {
    // A third of the block from its beginning, aligned as blocks are.
    tell(pointer += size / 3 / 16 * 16 + 16);
    free(pointer);
  } else if (!strcmp(mistake, "interior-page")) {
    tell(pointer += size / 2 / 4096 * 4096);
    free(pointer);
  } else if (!strcmp(mistake, "unaligned")) {
    tell(pointer += 1);
    free(pointer);
  } else if (!strcmp(mistake, "half-aligned")) {
    tell(pointer += 8);
    free(pointer);
  } else if (!strcmp(mistake, "stack")) {
    char local[256] __attribute__((aligned(64)));
    memset(local, 0, sizeof local);
    tell(local);
    free(local);
  } else if (!strcmp(mistake, "static")) {
    static char still[256] __attribute__((aligned(64)));
    tell(still);
    free(still);
  } else if (!strcmp(mistake, "mapped")) {
    char *pages = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    tell(pages + 4096);
    free(pages + 4096);
  } else {
    say("no such mistake\n");
    exit(4);
  }
  exit(3);
}
