// SPDX-License-Identifier: MIT
//
// stress.c: eight threads allocate, reallocate, hand over and free blocks of all sizes at random, and look at the
// contents of each block when it goes. The first argument is the number of operations, the second the seed. Threads end
// and others go on with their blocks. Where ACE serves, its invariants are checked on the way.
#include "checks.h"

enum { lane_count = 8, slot_count = 800, exchange_count = 2048, lives_each = 4, check_interval = 100000 };

struct block {
  void *bytes;
  size_t size;
};

static struct {
  unsigned char busy;
  struct block block;
} exchange[exchange_count];

/// What goes from thread to thread: the blocks, and where the sequence stands.
static struct lane {
  struct block slots[slot_count];
  uint64_t random, operation_count, exchanged_count;
} lanes[lane_count];

static uint64_t operations_of_a_life;
static void (*check_invariants)(void);

static size_t some_size(uint64_t *random) {
  uint64_t dice = next_random(random) % 10000;
  if (dice < 9400) return random_size(random, 512);
  if (dice < 9900) return random_size(random, 8 * KIB);
  if (dice < 9998) return random_size(random, 256 * KIB);
  return random_size(random, 4 * MIB);
}

static void check(struct block block) {
  size_t good = intact(block.bytes, block.size, seed_of(block.bytes, block.size));
  CHECK(good == block.size, "byte %zu of %p, a block of %zu, was changed", good, block.bytes, block.size);
}

static void allocate(struct block *slot, uint64_t *random) {
  size_t size = some_size(random), alignment = 16;
  void *bytes = NULL;
  switch (next_random(random) % 16) {
    case 0:
    case 1:
    case 2:
      bytes = calloc(1, size);
      if (bytes) CHECK(zero_until(bytes, size) == size, "calloc(1, %zu) is not zero", size);
      break;
    case 3:
      alignment = (size_t)16 << next_random(random) % 9;
      bytes = memalign(alignment, size);
      break;
    case 4:
      alignment = (size_t)8 << next_random(random) % 10;
      if (posix_memalign(&bytes, alignment, size)) bytes = NULL;
      break;
    default: bytes = malloc(size);
  }
  CHECK(bytes, "no block of %zu bytes: %s", size, strerror(errno));
  if (!bytes) return;
  CHECK((uintptr_t)bytes % alignment == 0 && (uintptr_t)bytes % 16 == 0, "a block of %zu, %zu at %p", alignment, size,
        bytes);
  fill(bytes, size, seed_of(bytes, size));
  *slot = (struct block){bytes, size};
}

static void reallocate(struct block *slot, uint64_t *random) {
  size_t size = some_size(random), kept = slot->size < size ? slot->size : size;
  uint64_t seed = seed_of(slot->bytes, slot->size);
  void *bytes = realloc(slot->bytes, size);
  CHECK(bytes, "no realloc of %zu bytes to %zu", slot->size, size);
  if (!bytes) return;
  size_t good = intact(bytes, kept, seed);
  CHECK(good == kept, "realloc of %zu bytes to %zu changed byte %zu", slot->size, size, good);
  fill(bytes, size, seed_of(bytes, size));
  *slot = (struct block){bytes, size};
}

static void hand_over(struct block *slot, struct lane *lane) {
  size_t index = next_random(&lane->random) % exchange_count;
  if (__atomic_test_and_set(&exchange[index].busy, __ATOMIC_ACQUIRE)) return;
  struct block other = exchange[index].block;
  exchange[index].block = *slot;
  *slot = other;
  __atomic_clear(&exchange[index].busy, __ATOMIC_RELEASE);
  lane->exchanged_count++;
}

static void *life(void *argument) {
  struct lane *lane = argument;
  for (uint64_t end = lane->operation_count + operations_of_a_life; lane->operation_count < end;) {
    struct block *slot = &lane->slots[next_random(&lane->random) % slot_count];
    unsigned dice = next_random(&lane->random) % 16;
    if (!slot->bytes) {
      if (dice < 13) allocate(slot, &lane->random);
      else hand_over(slot, lane);
    } else if (dice < 10) {
      check(*slot);
      free(slot->bytes);
      slot->bytes = NULL;
    } else if (dice < 12) {
      reallocate(slot, &lane->random);
    } else {
      hand_over(slot, lane);
    }
    if (++lane->operation_count % check_interval == 0 && check_invariants) check_invariants();
  }
  if (check_invariants) check_invariants();
  return NULL;
}

int main(int argument_count, char **arguments) {
  announce();
  uint64_t operation_count = argument_count > 1 ? strtoull(arguments[1], NULL, 10) : 10000000;
  uint64_t seed = argument_count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
  operations_of_a_life = operation_count / lane_count / lives_each;
  check_invariants = (void (*)(void))dlsym(RTLD_DEFAULT, "ace_check_invariants");
  pthread_t threads[lane_count];
  for (size_t index = 0; index < lane_count; index++) lanes[index].random = seed * 1000 + index;
  for (unsigned turn = 0; turn < lives_each; turn++) {
    for (size_t index = 0; index < lane_count; index++) {
      int error = pthread_create(&threads[index], NULL, life, &lanes[index]);
      CHECK(error == 0, "pthread_create: %s", strerror(error));
      if (error) return finish();
    }
    for (size_t index = 0; index < lane_count; index++) pthread_join(threads[index], NULL);
    if (check_invariants) check_invariants();
  }
  uint64_t exchanged_count = 0;
  for (size_t index = 0; index < lane_count; index++) {
    exchanged_count += lanes[index].exchanged_count;
    for (size_t slot = 0; slot < slot_count; slot++) {
      if (!lanes[index].slots[slot].bytes) continue;
      check(lanes[index].slots[slot]);
      free(lanes[index].slots[slot].bytes);
    }
  }
  for (size_t index = 0; index < exchange_count; index++) {
    if (!exchange[index].block.bytes) continue;
    check(exchange[index].block);
    free(exchange[index].block.bytes);
  }
  if (check_invariants) check_invariants();
  CHECK(exchanged_count > operation_count / 20, "only %lu blocks were handed over", exchanged_count);
  return finish();
}
