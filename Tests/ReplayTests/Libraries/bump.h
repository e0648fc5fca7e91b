// SPDX-License-Identifier: MIT
//
// A sound allocator that never reuses anything, for libraries that break one thing each: what they define themselves
// they announce with OWN_MALLOC and so on.
#pragma once

#define _GNU_SOURCE
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

#define REGION_BYTE_COUNT ((size_t)1 << 36)
#define HEADER_BYTE_COUNT 16

static char *region;
static size_t cursor;
static unsigned call_count;

__attribute__((constructor)) static void bump_prepare(void) {
  if (region) return;
  region = mmap(NULL, REGION_BYTE_COUNT, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

/// The number of this call, from 1.
static inline unsigned bump_call(void) { return __atomic_add_fetch(&call_count, 1, __ATOMIC_RELAXED); }

static inline size_t bump_usable(void *block) { return block ? ((size_t *)block)[-1] : 0; }

static inline void *bump_allocate(size_t alignment, size_t size) {
  // A preloaded library is called before its constructor is.
  if (!region) bump_prepare();
  if (alignment < 16) alignment = 16;
  size_t room = HEADER_BYTE_COUNT + alignment + size + 16;
  size_t start = __atomic_fetch_add(&cursor, room & ~(size_t)15, __ATOMIC_RELAXED) + HEADER_BYTE_COUNT;
  char *block = (char *)(((uintptr_t)(region + start) + alignment - 1) & ~(uintptr_t)(alignment - 1));
  ((size_t *)block)[-1] = size;
  return block;
}

static inline void *bump_move(void *block, size_t size) {
  char *moved = bump_allocate(16, size);
  size_t kept = bump_usable(block) < size ? bump_usable(block) : size;
  for (size_t index = 0; index < kept; index++) moved[index] = ((char *)block)[index];
  return moved;
}

#ifndef OWN_MALLOC
void *malloc(size_t size) { return bump_allocate(16, size); }
#endif
#ifndef OWN_CALLOC
void *calloc(size_t count, size_t size) { return bump_allocate(16, count * size); }
#endif
#ifndef OWN_REALLOC
void *realloc(void *block, size_t size) { return bump_move(block, size); }
#endif
#ifndef OWN_MEMALIGN
void *memalign(size_t alignment, size_t size) { return bump_allocate(alignment, size); }
#endif
#ifndef OWN_FREE
void free(void *block) { (void)block; }
#endif
#ifndef OWN_USABLE_SIZE
size_t malloc_usable_size(void *block) { return bump_usable(block); }
#endif
