// SPDX-License-Identifier: MIT
//
// alignments.c: blocks of every power of two's alignment are aligned, long enough, writable and apart from one another.
#include "checks.h"

struct block {
  unsigned char *bytes;
  size_t size, usable;
};

#define LIVE_COUNT 64
static struct block live[LIVE_COUNT];
static size_t turn;

static void let_go(struct block *block) {
  if (!block->bytes) return;
  size_t good = intact(block->bytes, block->usable, seed_of(block->bytes, block->size));
  CHECK(good == block->usable, "byte %zu of an aligned block of %zu was changed by another block", good, block->size);
  free(block->bytes);
  block->bytes = NULL;
}

/// Keeps a block that a function made, after checking it.
static void keep(void *bytes, const char *function, size_t alignment, size_t size) {
  CHECK(bytes, "%s(%zu, %zu): %s", function, alignment, size, strerror(errno));
  if (!bytes) return;
  CHECK((uintptr_t)bytes % alignment == 0, "%s(%zu, %zu) = %p", function, alignment, size, bytes);
  CHECK((uintptr_t)bytes % 16 == 0 || alignment >= 16, "%s(%zu, %zu) = %p is not a multiple of 16", function,
        alignment, size, bytes);
  struct block *block = &live[turn++ % LIVE_COUNT];
  let_go(block);
  *block = (struct block){bytes, size, malloc_usable_size(bytes)};
  CHECK(block->usable >= size, "%s(%zu, %zu): usable size is %zu", function, alignment, size, block->usable);
  fill(bytes, block->usable, seed_of(bytes, size));
}

static void each_function(size_t alignment, size_t size) {
  keep(memalign(alignment, size), "memalign", alignment, size);
  keep(aligned_alloc(alignment, size), "aligned_alloc", alignment, size);
  if (alignment < sizeof(void *)) return;
  void *bytes = NULL;
  int error = posix_memalign(&bytes, alignment, size);
  CHECK(error == 0, "posix_memalign(%zu, %zu): %s", alignment, size, strerror(error));
  keep(bytes, "posix_memalign", alignment, size);
}

/// Many blocks of one alignment at once, as a program has that aligns each of its objects.
static void many(void) {
  static void *blocks[2000];
  for (size_t alignment = 32; alignment <= 4 * KIB; alignment *= 2)
    for (size_t size = alignment / 2 + 8; size <= 3 * alignment; size += alignment / 2) {
      for (size_t index = 0; index < COUNT_OF(blocks); index++) {
        blocks[index] = memalign(alignment, size);
        CHECK(blocks[index] && (uintptr_t)blocks[index] % alignment == 0, "memalign(%zu, %zu) = %p", alignment, size,
              blocks[index]);
        if (blocks[index]) fill(blocks[index], size, seed_of(blocks[index], size));
      }
      for (size_t index = 0; index < COUNT_OF(blocks); index++) {
        if (!blocks[index]) continue;
        size_t good = intact(blocks[index], size, seed_of(blocks[index], size));
        CHECK(good == size, "memalign(%zu, %zu): byte %zu was changed by another block", alignment, size, good);
        free(blocks[index]);
      }
    }
}

int main(void) {
  announce();
  static const size_t sizes[] = {
      0,      1,      7,      8,      15,      16,            17,      24,           31,    32,    33,    48,
      63,     64,     65,     100,    127,     128,           129,     255,          256,   257,   500,   1000,
      1023,   1024,   1025,   2000,   2048,    3000,          4095,    4096,         4097,  8192,  10000, 16384,
      20000,  32767,  32768,  32769,  50000,   65535,         65536,   65537,        100000, 131072, 200000, 262144,
      262145, 524287, 524288, 524289, 1 << 20, (1 << 20) + 1, 2 << 20, (4 << 20) + 1};
  for (size_t alignment = 1; alignment <= 4 * MIB; alignment *= 2)
    for (size_t index = 0; index < COUNT_OF(sizes); index++) each_function(alignment, sizes[index]);
  for (size_t index = 0; index < LIVE_COUNT; index++) let_go(&live[index]);
  // In the order of sizes, so that each is met by blocks of all alignments at once.
  for (size_t size = 1; size < 20000; size += size < 2048 ? 61 : 997)
    for (size_t alignment = 16; alignment <= 64 * KIB; alignment *= 2) each_function(alignment, size);
  many();
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  for (size_t index = 0; index < COUNT_OF(sizes); index++) {
    keep(valloc(sizes[index]), "valloc", page, sizes[index]);
    // pvalloc gives whole pages.
    void *pages = pvalloc(sizes[index]);
    keep(pages, "pvalloc", page, (sizes[index] + page - 1) / page * page);
  }
  for (size_t index = 0; index < LIVE_COUNT; index++) let_go(&live[index]);
  return finish();
}
