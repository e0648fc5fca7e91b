// SPDX-License-Identifier: MIT
//
// threads.c: blocks outlive their threads and go from thread to thread; thousands of threads come and go, and memory
// does not grow with their number.
#include "checks.h"

#include <sched.h>

struct block {
  void *bytes;
  size_t size;
};

static struct block made(size_t size) {
  struct block block = {malloc(size), size};
  CHECK(block.bytes, "malloc(%zu): %s", size, strerror(errno));
  fill(block.bytes, size, seed_of(block.bytes, size));
  return block;
}

static void let_go(struct block *block) {
  if (!block->bytes) return;
  size_t good = intact(block->bytes, block->size, seed_of(block->bytes, block->size));
  CHECK(good == block->size, "byte %zu of a block of %zu was changed", good, block->size);
  free(block->bytes);
  block->bytes = NULL;
}

static pthread_t start(void *(*body)(void *), void *argument) {
  pthread_t thread;
  int error = pthread_create(&thread, NULL, body, argument);
  CHECK(error == 0, "pthread_create: %s", strerror(error));
  if (error) exit(finish());
  return thread;
}

/// A thread's blocks live on when it has ended: freed by another thread, by main, or reallocated.
enum { left_count = 3000 };
struct left {
  struct block blocks[left_count];
  uint64_t random;
};

static void *leave(void *argument) {
  struct left *left = argument;
  for (size_t index = 0; index < left_count; index++)
    left->blocks[index] = made(random_size(&left->random, index % 100 ? 1500 : 300000));
  return NULL;
}

static void *take_over(void *argument) {
  struct left *left = argument;
  for (size_t index = 0; index < left_count; index += 2) let_go(&left->blocks[index]);
  return NULL;
}

static void outlived(void) {
  static struct left left[6];
  for (unsigned round = 0; round < 5; round++) {
    for (size_t index = 0; index < COUNT_OF(left); index++) {
      left[index].random = round * 100 + index;
      pthread_join(start(leave, &left[index]), NULL);
    }
    pthread_t threads[COUNT_OF(left)];
    for (size_t index = 0; index < COUNT_OF(left); index++) threads[index] = start(take_over, &left[index]);
    for (size_t index = 0; index < COUNT_OF(left); index++) pthread_join(threads[index], NULL);
    for (size_t index = 0; index < COUNT_OF(left); index++)
      for (size_t block = 1; block < left_count; block += 2) {
        struct block *one = &left[index].blocks[block];
        size_t old = one->size;
        uint64_t seed = seed_of(one->bytes, old);
        one->bytes = realloc(one->bytes, one->size += 700);
        CHECK(one->bytes && intact(one->bytes, old, seed) == old, "realloc of an ended thread's block of %zu", old);
        free(one->bytes);
      }
  }
}

/// Each thread frees only what its neighbour makes, in a ring.
enum { ring_count = 4, ring_length = 512, handed_count = 100000 };
static struct ring {
  struct block blocks[ring_length];
  size_t head, tail;
} rings[ring_count];

static void *hand_on(void *argument) {
  size_t self = (size_t)argument;
  struct ring *out = &rings[self], *in = &rings[(self + 1) % ring_count];
  uint64_t random = self;
  size_t sent = 0, received = 0;
  while (sent < handed_count || received < handed_count) {
    bool idle = true;
    if (sent < handed_count && sent - __atomic_load_n(&out->tail, __ATOMIC_ACQUIRE) < ring_length) {
      out->blocks[sent % ring_length] = made(random_size(&random, sent % 500 ? 400 : 100000));
      __atomic_store_n(&out->head, ++sent, __ATOMIC_RELEASE);
      idle = false;
    }
    if (received < handed_count && received < __atomic_load_n(&in->head, __ATOMIC_ACQUIRE)) {
      let_go(&in->blocks[received % ring_length]);
      __atomic_store_n(&in->tail, ++received, __ATOMIC_RELEASE);
      idle = false;
    }
    if (idle) sched_yield();
  }
  return NULL;
}

static void handed(void) {
  pthread_t threads[ring_count];
  for (size_t index = 0; index < ring_count; index++) threads[index] = start(hand_on, (void *)index);
  for (size_t index = 0; index < ring_count; index++) pthread_join(threads[index], NULL);
}

/// Short threads: some blocks stay behind and are freed by a later thread.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct block behind[64];
static unsigned ended_count;

static void *short_life(void *argument) {
  uint64_t random = (uint64_t)(uintptr_t)argument;
  struct block blocks[100];
  for (size_t index = 0; index < COUNT_OF(blocks); index++)
    blocks[index] = made(random_size(&random, index % 40 ? 1000 : 70000));
  pthread_mutex_lock(&lock);
  for (size_t index = 0; index < 8; index++) {
    struct block *place = &behind[next_random(&random) % COUNT_OF(behind)];
    let_go(place);
    *place = blocks[index];
  }
  pthread_mutex_unlock(&lock);
  for (size_t index = 8; index < COUNT_OF(blocks); index++) let_go(&blocks[index]);
  __atomic_fetch_add(&ended_count, 1, __ATOMIC_RELEASE);
  return NULL;
}

static void lives(size_t count, bool detached) {
  pthread_t threads[8];
  for (size_t first = 0; first < count; first += COUNT_OF(threads)) {
    unsigned before = __atomic_load_n(&ended_count, __ATOMIC_ACQUIRE);
    for (size_t index = 0; index < COUNT_OF(threads); index++) {
      threads[index] = start(short_life, (void *)(first + index));
      if (detached) pthread_detach(threads[index]);
    }
    for (size_t index = 0; index < COUNT_OF(threads) && !detached; index++) pthread_join(threads[index], NULL);
    while (__atomic_load_n(&ended_count, __ATOMIC_ACQUIRE) - before < COUNT_OF(threads)) usleep(100);
  }
}

int main(void) {
  announce();
  outlived();
  handed();
  lives(400, false);
  size_t resident = status_bytes("VmRSS:"), mapped = status_bytes("VmSize:");
  lives(2000, false);
  size_t grown = status_bytes("VmRSS:") - resident;
  CHECK((ptrdiff_t)grown < (ptrdiff_t)(24 * MIB), "2000 threads later VmRSS is %zu more", grown);
  lives(800, true);
  grown = status_bytes("VmRSS:") - resident;
  CHECK((ptrdiff_t)grown < (ptrdiff_t)(32 * MIB), "800 detached threads later VmRSS is %zu more", grown);
  grown = status_bytes("VmSize:") - mapped;
  CHECK((ptrdiff_t)grown < (ptrdiff_t)(1024 * MIB), "2800 threads later VmSize is %zu more", grown);
  for (size_t index = 0; index < COUNT_OF(behind); index++) let_go(&behind[index]);
  return finish();
}
