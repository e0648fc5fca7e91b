// SPDX-License-Identifier: MIT
//
// startup.c: malloc before main, from the earliest moment that a program has, and after it, to the last. early.c is the
// library that it is linked with. The last line is written by the last destructor.
#include "checks.h"


extern void *early_block;
extern size_t early_size;

struct block {
  const char *when;
  void *bytes;
  size_t size;
};

enum { moment_limit = 32, blocks_each = 40 };
static struct block blocks[moment_limit * blocks_each];
static size_t block_count;

/// Makes blocks that live to the end, and some that do not.
static void allocate(const char *when) {
  for (size_t index = 0; index < blocks_each; index++) {
    size_t size = index * index * 41 + block_count % 7;
    free(malloc(size));
    void *bytes = index % 3 == 0 ? calloc(1, size) : index % 3 == 1 ? memalign(64, size) : realloc(malloc(1), size + 1);
    CHECK(bytes, "no block of %zu bytes in %s", size, when);
    fill(bytes, size, seed_of(bytes, size));
    blocks[block_count++] = (struct block){when, bytes, size};
  }
}

static void check_all(const char *when) {
  for (size_t index = 0; index < block_count; index++) {
    struct block *block = &blocks[index];
    size_t good = intact(block->bytes, block->size, seed_of(block->bytes, block->size));
    CHECK(good == block->size, "%s: byte %zu of a block of %zu bytes of %s was changed", when, good, block->size,
          block->when);
  }
}

static void in_preinit(void) { allocate(".preinit_array"); }
__attribute__((section(".preinit_array"), used)) static void (*preinit)(void) = in_preinit;

__attribute__((constructor(101))) static void first_constructor(void) { allocate("the first constructor"); }
__attribute__((constructor)) static void last_constructor(void) { allocate("the last constructor"); }

__attribute__((destructor)) static void first_destructor(void) {
  check_all("the first destructor");
  allocate("the first destructor");
}

/// The last of the program's: frees everything, and ends the process with the status that is due.
__attribute__((destructor(101))) static void last_destructor(void) {
  allocate("the last destructor");
  check_all("the last destructor");
  for (size_t index = 0; index < block_count; index++) free(blocks[index].bytes);
  free(malloc(5000));
  if (finish() != 0) _exit(1);
}

static void at_exit(void) {
  allocate("atexit");
  check_all("atexit");
}

static void on_exit_handler(int status, void *argument) {
  allocate("on_exit");
  free(argument);
}

static void *thread_body(void *argument) {
  allocate("a thread");
  return argument;
}

int main(void) {
  announce();
  CHECK(early_block, "no block in a library's constructor");
  CHECK(intact(early_block, early_size, 5) == early_size, "the block of a library's constructor was changed");
  free(early_block);
  check_all("main");
  allocate("main");
  atexit(at_exit);
  on_exit(on_exit_handler, malloc(77));
  pthread_t thread;
  pthread_create(&thread, NULL, thread_body, NULL);
  pthread_join(thread, NULL);
  return 0;
}
