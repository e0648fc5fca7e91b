// SPDX-License-Identifier: MIT
//
// sizes.c: blocks of every size are aligned, long enough, writable to the last usable byte, and apart from one another.
#include "checks.h"

struct block {
  unsigned char *bytes;
  size_t size, usable;
};

/// Blocks stay live, all written, while the following ones are written.
#define LIVE_COUNT 512
static struct block live[LIVE_COUNT];

static void let_go(struct block *block) {
  if (!block->bytes) return;
  size_t good = intact(block->bytes, block->usable, seed_of(block->bytes, block->size));
  CHECK(good == block->usable, "malloc(%zu): byte %zu of %zu usable was changed by another block", block->size, good,
        block->usable);
  CHECK(malloc_usable_size(block->bytes) == block->usable, "malloc(%zu): usable size changed from %zu to %zu",
        block->size, block->usable, malloc_usable_size(block->bytes));
  free(block->bytes);
  block->bytes = NULL;
}

static void take(struct block *block, size_t size) {
  let_go(block);
  block->bytes = malloc(size);
  block->size = size;
  CHECK(block->bytes, "malloc(%zu): %s", size, strerror(errno));
  if (!block->bytes) return;
  CHECK((uintptr_t)block->bytes % 16 == 0, "malloc(%zu) = %p is not a multiple of 16", size, block->bytes);
  block->usable = malloc_usable_size(block->bytes);
  CHECK(block->usable >= size, "malloc(%zu): usable size is %zu", size, block->usable);
  fill(block->bytes, block->usable, seed_of(block->bytes, size));
}

static void let_all_go(void) {
  for (size_t index = 0; index < LIVE_COUNT; index++) let_go(&live[index]);
}

static int by_address(const void *left, const void *right) {
  uintptr_t one = (uintptr_t)((const struct block *)left)->bytes;
  uintptr_t other = (uintptr_t)((const struct block *)right)->bytes;
  return (one > other) - (one < other);
}

/// Some blocks of each small size live together: their usable bytes do not overlap.
static void apart(void) {
  enum { sizes = 4096, each = 4 };
  static struct block blocks[sizes * each];
  for (size_t index = 0; index < COUNT_OF(blocks); index++) {
    struct block *block = &blocks[index];
    block->size = index / each;
    block->bytes = malloc(block->size);
    block->usable = malloc_usable_size(block->bytes);
  }
  qsort(blocks, COUNT_OF(blocks), sizeof *blocks, by_address);
  for (size_t index = 1; index < COUNT_OF(blocks); index++) {
    struct block *before = &blocks[index - 1], *block = &blocks[index];
    CHECK(before->bytes + before->usable <= block->bytes && before->bytes != block->bytes,
          "block %p of %zu (%zu usable) reaches into %p", before->bytes, before->size, before->usable, block->bytes);
  }
  for (size_t index = 0; index < COUNT_OF(blocks); index++) free(blocks[index].bytes);
}

int main(void) {
  announce();
  CHECK(malloc_usable_size(NULL) == 0, "malloc_usable_size(NULL) = %zu", malloc_usable_size(NULL));
  apart();
  for (size_t size = 0; size <= 70000; size++) take(&live[size % LIVE_COUNT], size);
  let_all_go();
  // The same sizes again, out of order, let go out of order.
  uint64_t random = 1;
  for (size_t turn = 0; turn < 15000; turn++) take(&live[next_random(&random) % LIVE_COUNT], random % 70001);
  let_all_go();
  static const ptrdiff_t around[] = {-4097, -4096, -4095, -33, -32, -31, -17, -16, -15, -9, -8, -7, -1, 0,
                                     1,     7,     8,     9,   15,  16,  17,  31,  32,  33, 4095, 4096, 4097};
  for (unsigned shift = 0; shift <= 26; shift++)
    for (size_t index = 0; index < COUNT_OF(around); index++) {
      ptrdiff_t size = ((ptrdiff_t)1 << shift) + around[index];
      // A large block is written while the last two are live.
      if (size >= 0) take(&live[index % (shift > 20 ? 3 : LIVE_COUNT)], (size_t)size);
    }
  let_all_go();
  return finish();
}
