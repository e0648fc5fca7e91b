// SPDX-License-Identifier: MIT
//
// errors.c: what the malloc family answers at its edges, as glibc does: no bytes, too many bytes, alignments that are
// none, and errno after each.
#include "checks.h"

#define UNTOUCHED 12345

/// Sizes that no address space holds; all but the first lines are past what a pointer difference holds.
static const size_t impossible[] = {
    (size_t)1 << 48,         (size_t)1 << 50,         (size_t)1 << 62,            ((size_t)1 << 62) + 1,
    PTRDIFF_MAX - (1 << 26), PTRDIFF_MAX - (1 << 21), PTRDIFF_MAX - 65536,        PTRDIFF_MAX - 65535,
    PTRDIFF_MAX - 8192,      PTRDIFF_MAX - 4096,      PTRDIFF_MAX - 4095,         PTRDIFF_MAX - 4094,
    PTRDIFF_MAX - 16,        PTRDIFF_MAX - 15,        PTRDIFF_MAX - 1,            PTRDIFF_MAX,
    (size_t)PTRDIFF_MAX + 1, (size_t)PTRDIFF_MAX + 2, (size_t)PTRDIFF_MAX + 4096, SIZE_MAX / 2 + 65536,
    SIZE_MAX - (1 << 21),    SIZE_MAX - 65536,        SIZE_MAX - 8192,            SIZE_MAX - 4096,
    SIZE_MAX - 4095,         SIZE_MAX - 64,           SIZE_MAX - 16,              SIZE_MAX - 15,
    SIZE_MAX - 8,            SIZE_MAX - 1,            SIZE_MAX};

/// Expects NULL and ENOMEM of a call; the two numbers are told when it does otherwise.
#define CHECK_NO_MEMORY(call, first, second)                                                           \
  do {                                                                                                 \
    errno = UNTOUCHED;                                                                                 \
    void *result_here = (call);                                                                        \
    int errno_here = errno;                                                                            \
    CHECK(result_here == NULL && errno_here == ENOMEM, #call " of %zu, %zu = %p, errno %d", (size_t)(first), \
          (size_t)(second), result_here, errno_here);                                                  \
  } while (0)

static void no_bytes(void) {
  static void *blocks[3000];
  for (size_t index = 0; index < COUNT_OF(blocks); index++) {
    switch (index % 6) {
      case 0: blocks[index] = malloc(0); break;
      case 1: blocks[index] = calloc(0, 1); break;
      case 2: blocks[index] = calloc(SIZE_MAX, 0); break;
      case 3: blocks[index] = realloc(NULL, 0); break;
      case 4: blocks[index] = memalign(64, 0); break;
      default: blocks[index] = calloc(0, SIZE_MAX); break;
    }
    CHECK(blocks[index], "a block of no bytes is NULL, kind %zu", index % 6);
  }
  // Each is a block of its own.
  for (size_t index = 0; index < COUNT_OF(blocks); index++)
    for (size_t other = index + 1; other < COUNT_OF(blocks); other++)
      CHECK(blocks[index] != blocks[other], "two blocks of no bytes are both %p", blocks[index]);
  for (size_t index = 0; index < COUNT_OF(blocks); index++) free(blocks[index]);
  free(NULL);
  errno = UNTOUCHED;
  free(NULL);
  CHECK(errno == UNTOUCHED, "free(NULL) set errno to %d", errno);
  // realloc to no bytes frees and returns NULL, so a million of them take no memory.
  size_t before = status_bytes("VmRSS:");
  for (size_t turn = 0; turn < 20000; turn++) {
    static const size_t sizes[] = {1, 100, 1000, 3000, 30000, 100000};
    size_t size = sizes[turn % COUNT_OF(sizes)];
    char *block = malloc(size);
    memset(block, 1, size);
    errno = UNTOUCHED;
    void *result = turn % 2 ? realloc(block, 0) : reallocarray(block, turn % 4 ? 0 : 7, turn % 4 ? 7 : 0);
    CHECK(result == NULL, "realloc of %zu bytes to 0 = %p", size, result);
    CHECK(errno == UNTOUCHED, "realloc of %zu bytes to 0 set errno to %d", size, errno);
  }
  size_t grown = status_bytes("VmRSS:") - before;
  CHECK((ptrdiff_t)grown < (ptrdiff_t)(64 * MIB), "realloc to 0 does not free: %zu bytes more", grown);
}

static void too_many_bytes(void) {
  static const size_t kept_sizes[] = {1, 24, 1000, 5000, 40000, 300000, 5 << 20, 100 << 20};
  for (size_t index = 0; index < COUNT_OF(impossible); index++) {
    size_t size = impossible[index];
    CHECK_NO_MEMORY(malloc(size), size, 0);
    CHECK_NO_MEMORY(calloc(1, size), 1, size);
    CHECK_NO_MEMORY(calloc(size, 1), size, 1);
    CHECK_NO_MEMORY(realloc(NULL, size), size, 0);
    CHECK_NO_MEMORY(reallocarray(NULL, 1, size), 1, size);
    CHECK_NO_MEMORY(valloc(size), size, 0);
    CHECK_NO_MEMORY(pvalloc(size), size, 0);
    for (size_t alignment = 8; alignment <= 4 * MIB; alignment *= 8) {
      CHECK_NO_MEMORY(memalign(alignment, size), alignment, size);
      CHECK_NO_MEMORY(aligned_alloc(alignment, size), alignment, size);
      void *block = &block;
      int error = posix_memalign(&block, alignment, size);
      CHECK(error == ENOMEM, "posix_memalign(%zu, %zu) = %d", alignment, size, error);
      CHECK(block == &block, "posix_memalign(%zu, %zu) failed and wrote the pointer", alignment, size);
    }
    for (size_t kept = 0; kept < COUNT_OF(kept_sizes); kept++) {
      char *block = malloc(kept_sizes[kept]);
      size_t filled = kept_sizes[kept] < 100000 ? kept_sizes[kept] : 100000;
      fill(block, filled, size);
      CHECK_NO_MEMORY(realloc(block, size), kept_sizes[kept], size);
      CHECK_NO_MEMORY(reallocarray(block, size, 1), size, 1);
      CHECK_NO_MEMORY(reallocarray(block, size / 2 + 1, 2), size / 2 + 1, 2);
      size_t good = intact(block, filled, size);
      CHECK(good == filled, "a failed realloc of %zu bytes changed byte %zu", kept_sizes[kept], good);
      free(block);
    }
  }
}

static void products(void) {
  static const size_t factors[][2] = {
      {SIZE_MAX, 2},          {2, SIZE_MAX},        {SIZE_MAX / 2 + 1, 2},       {SIZE_MAX / 16 + 1, 16},
      {SIZE_MAX, SIZE_MAX},   {1ul << 32, 1ul << 32}, {1ul << 33, 1ul << 31},    {(1ul << 32) + 1, (1ul << 32) - 1},
      {3, SIZE_MAX / 3 + 1},  {SIZE_MAX / 3 + 1, 3}, {SIZE_MAX / 1000 + 1, 1000}, {1ul << 62, 6}};
  for (size_t index = 0; index < COUNT_OF(factors); index++) {
    size_t count = factors[index][0], size = factors[index][1];
    CHECK_NO_MEMORY(calloc(count, size), count, size);
    CHECK_NO_MEMORY(reallocarray(NULL, count, size), count, size);
    char *block = malloc(100);
    fill(block, 100, index);
    CHECK_NO_MEMORY(reallocarray(block, count, size), count, size);
    CHECK(intact(block, 100, index) == 100, "a failed reallocarray changed the block");
    free(block);
  }
  char *block = reallocarray(NULL, 10, 11);
  CHECK(block && malloc_usable_size(block) >= 110, "reallocarray(NULL, 10, 11) = %p", block);
  fill(block, 110, 1);
  block = reallocarray(block, 1000, 11);
  CHECK(block && malloc_usable_size(block) >= 11000, "reallocarray(110 bytes, 1000, 11) = %p", block);
  CHECK(intact(block, 110, 1) == 110, "reallocarray lost the contents");
  free(block);
}

static void alignments(void) {
  static const size_t invalid[] = {0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 15, 20, 24, 48, 100, 4095, 4097, 12288,
                                   (size_t)3 << 61, SIZE_MAX, SIZE_MAX - 7, SIZE_MAX / 2};
  for (size_t index = 0; index < COUNT_OF(invalid); index++)
    for (size_t size = 0; size < 100000; size = size * 7 + 1) {
      void *block = &block;
      errno = UNTOUCHED;
      int error = posix_memalign(&block, invalid[index], size);
      CHECK(error == EINVAL, "posix_memalign(%zu, %zu) = %d", invalid[index], size, error);
      CHECK(block == &block, "posix_memalign(%zu, %zu) failed and wrote the pointer", invalid[index], size);
      CHECK(errno == UNTOUCHED, "posix_memalign(%zu, %zu) set errno to %d", invalid[index], size, errno);
    }
  void *block = aligned_alloc(64, 1);
  CHECK(block && (uintptr_t)block % 64 == 0, "aligned_alloc(64, 1) = %p", block);
  free(block);
  // memalign rounds an alignment up that is no power of two; below two words, it is malloc.
  for (size_t alignment = 0; alignment < 5000; alignment++) {
    size_t least = 1;
    while (least < alignment) least *= 2;
    void *result = memalign(alignment, 40);
    CHECK(result && (uintptr_t)result % least == 0 && (uintptr_t)result % 16 == 0, "memalign(%zu, 40) = %p", alignment,
          result);
    free(result);
    // aligned_alloc was memalign until glibc 2.37, and refuses since then.
    errno = UNTOUCHED;
    result = aligned_alloc(alignment, 40);
    if (result == NULL)
      CHECK(errno == EINVAL && (alignment == 0 || least != alignment), "aligned_alloc(%zu, 40): errno is %d", alignment,
            errno);
    CHECK((uintptr_t)result % least == 0, "aligned_alloc(%zu, 40) = %p", alignment, result);
    free(result);
  }
  static const size_t beyond[] = {SIZE_MAX / 2 + 2, SIZE_MAX - 1, SIZE_MAX};
  for (size_t index = 0; index < COUNT_OF(beyond); index++) {
    errno = UNTOUCHED;
    void *result = memalign(beyond[index], 16);
    CHECK(result == NULL && errno == EINVAL, "memalign(%zu, 16) = %p, errno %d", beyond[index], result, errno);
  }
  for (unsigned shift = 49; shift < 64; shift++) {
    CHECK_NO_MEMORY(memalign((size_t)1 << shift, 16), (size_t)1 << shift, 16);
    CHECK_NO_MEMORY(memalign((size_t)1 << shift, (size_t)1 << 62), (size_t)1 << shift, (size_t)1 << 62);
    CHECK_NO_MEMORY(memalign((size_t)1 << shift, PTRDIFF_MAX), (size_t)1 << shift, PTRDIFF_MAX);
    void *result = &result;
    int error = posix_memalign(&result, (size_t)1 << shift, 16);
    CHECK(error == ENOMEM, "posix_memalign(1 << %u, 16) = %d", shift, error);
    CHECK(result == &result, "posix_memalign(1 << %u, 16) failed and wrote the pointer", shift);
  }
}

static void errno_after_free(void) {
  static const size_t sizes[] = {1, 16, 100, 1000, 1025, 5000, 32768, 32769, 70000, 300000, 1 << 20, 5 << 20, 70 << 20};
  for (size_t round = 0; round < 3; round++)
    for (size_t index = 0; index < COUNT_OF(sizes); index++)
      for (size_t alignment = 16; alignment <= 64 * KIB; alignment *= 4096) {
        void *blocks[20];
        for (size_t block = 0; block < COUNT_OF(blocks); block++) {
          blocks[block] = memalign(alignment, sizes[index]);
          memset(blocks[block], 1, sizes[index] < 4096 ? sizes[index] : 4096);
        }
        for (size_t block = 0; block < COUNT_OF(blocks); block++) {
          errno = UNTOUCHED;
          free(blocks[block]);
          CHECK(errno == UNTOUCHED, "free of %zu bytes set errno to %d", sizes[index], errno);
        }
      }
}

/// The other names of free, where the library that serves malloc has them.
static void other_frees(void) {
  bool needed = is_ace();
  void (*sized)(void *, size_t) = dlsym(RTLD_DEFAULT, "free_sized");
  void (*aligned)(void *, size_t, size_t) = dlsym(RTLD_DEFAULT, "free_aligned_sized");
  void (*old)(void *) = dlsym(RTLD_DEFAULT, "cfree");
  CHECK(!needed || (sized && aligned && old), "free_sized %p, free_aligned_sized %p, cfree %p", sized, aligned, old);
  size_t before = status_bytes("VmRSS:");
  for (size_t turn = 0; turn < 3000; turn++) {
    size_t size = turn % 7 == 0 ? 200000 : turn % 1500;
    errno = UNTOUCHED;
    if (sized && !strcmp(library_of("free_sized"), library_of("malloc"))) {
      sized(memset(malloc(size), 1, size), size);
      sized(NULL, size);
    }
    if (aligned && !strcmp(library_of("free_aligned_sized"), library_of("malloc"))) {
      aligned(memset(aligned_alloc(128, size), 1, size), 128, size);
      aligned(NULL, 128, size);
    }
    if (old && !strcmp(library_of("cfree"), library_of("malloc"))) {
      old(memset(malloc(size), 1, size));
      old(NULL);
    }
    CHECK(errno == UNTOUCHED, "a sized free set errno to %d", errno);
  }
  size_t grown = status_bytes("VmRSS:") - before;
  CHECK((ptrdiff_t)grown < (ptrdiff_t)(64 * MIB), "the other frees do not free: %zu bytes more", grown);
}

int main(void) {
  announce();
  no_bytes();
  too_many_bytes();
  products();
  alignments();
  errno_after_free();
  other_frees();
  return finish();
}
