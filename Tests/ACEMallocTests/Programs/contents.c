// SPDX-License-Identifier: MIT
//
// contents.c: realloc keeps what a block held, wherever the block goes, and calloc's bytes are zero, whatever was
// there.
#include "checks.h"

/// Sizes on both sides of every layer an allocator may have.
static const size_t layers[] = {0,     1,     16,    17,     100,    500,     1024,        1025,
                                2000,  5000,  10000, 32768,  32769,  60000,   65536,       65537,
                                131072, 300000, 524288, 524289, 1 << 20, (1 << 20) + 1, 3 << 20, 8 << 20, 20 << 20};

/// Reallocates a block whose bytes are filled with the seed, and checks what it held before.
static void *moved(void *block, size_t old, size_t size, uint64_t seed) {
  void *result = realloc(block, size);
  CHECK(result, "realloc of %zu bytes to %zu: %s", old, size, strerror(errno));
  if (!result) exit(finish());
  CHECK((uintptr_t)result % 16 == 0, "realloc to %zu = %p", size, result);
  CHECK(malloc_usable_size(result) >= size, "realloc to %zu: usable size is %zu", size, malloc_usable_size(result));
  size_t kept = old < size ? old : size;
  size_t good = intact(result, kept, seed);
  CHECK(good == kept, "realloc of %zu bytes to %zu changed byte %zu", old, size, good);
  return result;
}

static void between_layers(void) {
  for (size_t from = 0; from < COUNT_OF(layers); from++)
    for (size_t to = 0; to < COUNT_OF(layers); to++) {
      size_t old = layers[from], size = layers[to];
      if (size == 0) continue;
      void *block = malloc(old);
      fill(block, old, from);
      block = moved(block, old, size, from);
      fill(block, malloc_usable_size(block), to);
      free(moved(block, size, old ? old : 1, to));
    }
}

static void chains(void) {
  for (size_t start = 1; start <= 4096; start = start * 3 + 1) {
    size_t size = start;
    void *block = malloc(size);
    fill(block, size, start);
    while (size < 8 * MIB) {
      size_t next = size + size / 3 + 1;
      block = moved(block, size, next, start);
      fill(block, size = next, start);
    }
    while (size > 1) {
      size_t next = size - size / 4 - 1;
      if (next == 0) break;
      block = moved(block, size, next, start);
      size = next;
    }
    free(block);
  }
  // By single bytes, as a string that is appended to.
  char *text = NULL;
  for (size_t length = 0; length < 200000; length++) {
    text = realloc(text, length + 1);
    text[length] = (char)(length % 251);
  }
  for (size_t length = 0; length < 200000; length++)
    CHECK(text[length] == (char)(length % 251), "appending lost byte %zu", length);
  free(text);
}

/// Many blocks that grow and shrink among one another.
static void walks(void) {
  enum { count = 64 };
  void *blocks[count] = {0};
  size_t sizes[count] = {0};
  uint64_t random = 7;
  for (unsigned turn = 0; turn < 6000; turn++) {
    size_t index = next_random(&random) % count;
    size_t size = random_size(&random, turn % 8 ? 100000 : 8 * MIB);
    blocks[index] = moved(blocks[index], sizes[index], size, index);
    sizes[index] = size;
    fill(blocks[index], size, index);
  }
  for (size_t index = 0; index < count; index++) {
    size_t good = intact(blocks[index], sizes[index], index);
    CHECK(good == sizes[index], "byte %zu of %zu was changed", good, sizes[index]);
    free(blocks[index]);
  }
}

static void aligned(void) {
  for (size_t alignment = 32; alignment <= 4 * MIB; alignment *= 4)
    for (size_t from = 0; from < COUNT_OF(layers) - 2; from++)
      for (size_t to = from % 3 + 1; to < COUNT_OF(layers) - 2; to += 3) {
        void *block = memalign(alignment, layers[from]);
        fill(block, layers[from], to);
        free(moved(block, layers[from], layers[to], to));
      }
}

/// Blocks are dirtied to the last usable byte and freed; calloc's of the same and other sizes are zero.
static void zeros(size_t size, size_t count) {
  static void *blocks[256];
  if (count > COUNT_OF(blocks)) count = COUNT_OF(blocks);
  for (size_t index = 0; index < count; index++) {
    blocks[index] = malloc(size);
    if (blocks[index]) memset(blocks[index], 0xa5, malloc_usable_size(blocks[index]));
  }
  for (size_t index = 0; index < count; index++) free(blocks[index]);
  for (size_t index = 0; index < count; index++) {
    size_t part = index % 3 == 0 ? size : index % 3 == 1 ? size / 2 + 1 : size - size / 16;
    blocks[index] = index % 2 ? calloc(1, part) : calloc((part + 3) / 4, 4);
    CHECK(blocks[index], "calloc(1, %zu): %s", part, strerror(errno));
    if (!blocks[index]) continue;
    size_t zero = zero_until(blocks[index], part);
    CHECK(zero == part, "calloc(1, %zu): byte %zu is %02x", part, zero, ((unsigned char *)blocks[index])[zero]);
    memset(blocks[index], 0x5a, malloc_usable_size(blocks[index]));
  }
  for (size_t index = 0; index < count; index++) free(blocks[index]);
}

int main(void) {
  announce();
  between_layers();
  chains();
  walks();
  aligned();
  for (size_t size = 1; size <= 2100; size++) zeros(size, 60);
  for (size_t size = 2100; size <= 4 * MIB; size += size / 9) zeros(size, 4 * MIB / size + 2);
  // Memory of large blocks comes back as small ones, and the other way round.
  for (unsigned round = 0; round < 3; round++)
    for (size_t size = 4 * MIB; size > 8; size = size / 5 * 2) zeros(size, 16 * MIB / size + 2);
  return finish();
}
