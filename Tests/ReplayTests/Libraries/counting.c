// SPDX-License-Identifier: MIT

// Counts the calls of the malloc family, and writes the count to the file that COUNT_FILE names when the process ends.
// Opened, it allocates itself; preloaded, it passes on to the C library, which it has to be told with -DFORWARDING.
#define OWN_MALLOC
#define OWN_CALLOC
#define OWN_REALLOC
#define OWN_MEMALIGN
#define OWN_FREE
#ifdef FORWARDING
#define OWN_USABLE_SIZE
#endif
#include "bump.h"
#include <stdio.h>
#include <stdlib.h>
#include <fcntl.h>
#include <unistd.h>

#ifdef FORWARDING
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);
#define ALLOCATE(size) __libc_malloc(size)
#define ALLOCATE_ZEROED(count, size) __libc_calloc(count, size)
#define MOVE(block, size) __libc_realloc(block, size)
#define ALLOCATE_ALIGNED(alignment, size) __libc_memalign(alignment, size)
#define RELEASE(block) __libc_free(block)
#else
#define ALLOCATE(size) bump_allocate(16, size)
#define ALLOCATE_ZEROED(count, size) bump_allocate(16, (count) * (size))
#define MOVE(block, size) bump_move(block, size)
#define ALLOCATE_ALIGNED(alignment, size) bump_allocate(alignment, size)
#define RELEASE(block) (void)(block)
#endif

void *malloc(size_t size) {
  bump_call();
  return ALLOCATE(size);
}

void *calloc(size_t count, size_t size) {
  bump_call();
  return ALLOCATE_ZEROED(count, size);
}

void *realloc(void *block, size_t size) {
  bump_call();
  return MOVE(block, size);
}

void *memalign(size_t alignment, size_t size) {
  bump_call();
  return ALLOCATE_ALIGNED(alignment, size);
}

void free(void *block) {
  bump_call();
  RELEASE(block);
}

__attribute__((destructor)) static void write_count(void) {
  unsigned count = call_count;
  const char *path = getenv("COUNT_FILE");
  int file = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644) : -1;
  if (file < 0) return;
  char text[16];
  int length = snprintf(text, sizeof text, "%u", count);
  if (write(file, text, (size_t)length) != length) _exit(1);
  close(file);
}
