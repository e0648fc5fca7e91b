// SPDX-License-Identifier: MIT
//
// destructors.c: destructors of thread-specific values allocate and free in every round, after an allocator's own hooks
// for the end of a thread may have run.
#include "checks.h"

#include <limits.h>

/// Past 32 keys the C library itself allocates the thread's table of values.
enum { key_count = 60 };
static pthread_key_t keys[key_count];
static unsigned call_count, round_count[PTHREAD_DESTRUCTOR_ITERATIONS + 1];

struct value {
  unsigned key, round;
  size_t size;
  void *block;
};

static void set(unsigned key, unsigned round, size_t size) {
  struct value *value = malloc(sizeof *value);
  *value = (struct value){key, round, size, malloc(size)};
  fill(value->block, size, seed_of(value->block, size));
  int error = pthread_setspecific(keys[key], value);
  CHECK(error == 0, "pthread_setspecific: %s", strerror(error));
}

static void destroy(void *argument) {
  struct value value = *(struct value *)argument;
  __atomic_fetch_add(&call_count, 1, __ATOMIC_RELAXED);
  __atomic_fetch_add(&round_count[value.round], 1, __ATOMIC_RELAXED);
  CHECK(intact(value.block, value.size, seed_of(value.block, value.size)) == value.size,
        "the value of key %u was changed before its destructor ran, round %u", value.key, value.round);
  // As much as any other function may.
  void *blocks[20];
  for (size_t index = 0; index < COUNT_OF(blocks); index++) {
    size_t size = (index * 397 + value.size) % 40000;
    blocks[index] = index % 2 ? calloc(1, size) : malloc(size);
    CHECK(blocks[index], "no block of %zu bytes in a destructor", size);
    memset(blocks[index], 1, size);
  }
  blocks[0] = realloc(blocks[0], 100000);
  for (size_t index = 0; index < COUNT_OF(blocks); index++) free(blocks[index]);
  free(value.block);
  free(argument);
  if (value.round < PTHREAD_DESTRUCTOR_ITERATIONS - 1) set(value.key, value.round + 1, value.size + 100);
}

static void *body(void *argument) {
  // Some threads have one value alone.
  if ((uintptr_t)argument % 4 == 3) {
    set(0, 0, 10);
    return NULL;
  }
  for (unsigned key = 0; key < key_count; key++) set(key, 0, (uintptr_t)argument % 50 * 100 + key);
  return malloc(1000);
}

/// A key whose value needs no block: the destructor's is the thread's first allocation.
static pthread_key_t late_key;
static void *late_block[64];

static void allocate_late(void *argument) {
  void **place = argument;
  *place = malloc(333);
  CHECK(*place, "a thread's first malloc, in a destructor: %s", strerror(errno));
  memset(*place, 7, 333);
}

static void *do_nothing(void *argument) {
  pthread_setspecific(late_key, argument);
  return NULL;
}

int main(void) {
  announce();
  pthread_key_create(&late_key, allocate_late);
  for (unsigned key = 0; key < key_count; key++) pthread_key_create(&keys[key], destroy);
  pthread_t threads[8];
  size_t resident = 0;
  unsigned full = 0, thread_count = 0;
  for (size_t turn = 0; turn < 60; turn++) {
    if (turn == 20) resident = status_bytes("VmRSS:");
    for (size_t index = 0; index < COUNT_OF(threads); index++, thread_count++) {
      int error = pthread_create(&threads[index], NULL, body, (void *)(turn * 8 + index));
      CHECK(error == 0, "pthread_create: %s", strerror(error));
      if (error) return finish();
      full += (turn * 8 + index) % 4 != 3;
    }
    for (size_t index = 0; index < COUNT_OF(threads); index++) {
      void *block;
      pthread_join(threads[index], &block);
      free(block);
    }
  }
  unsigned expected = full * key_count + (thread_count - full);
  for (unsigned round = 0; round < PTHREAD_DESTRUCTOR_ITERATIONS; round++)
    CHECK(round_count[round] == expected, "%u destructors of %u ran in round %u", round_count[round], expected, round);
  size_t grown = status_bytes("VmRSS:") - resident;
  // With the checks on, each heap keeps what is in quarantine.
  size_t bound = getenv("ACE_CHECK") ? 64 * MIB : 16 * MIB;
  CHECK((ptrdiff_t)grown < (ptrdiff_t)bound, "320 threads with destructors later VmRSS is %zu more", grown);
  for (size_t index = 0; index < COUNT_OF(late_block); index++) {
    pthread_t thread;
    pthread_create(&thread, NULL, do_nothing, &late_block[index]);
    pthread_join(thread, NULL);
  }
  for (size_t index = 0; index < COUNT_OF(late_block); index++) {
    CHECK(late_block[index] && ((char *)late_block[index])[332] == 7, "the block of a destructor is lost");
    free(late_block[index]);
  }
  return finish();
}
