// SPDX-License-Identifier: MIT
//
// foreign.c: free, realloc and malloc_usable_size are given pointers that the library did not make. They do no harm:
// the pointer goes to its owner or is left alone, and malloc goes on working. What the C library itself would stop the
// program for is done only under ACE.
#include "checks.h"

#include <link.h>
#include <sys/mman.h>

/// Blocks of many sizes are made, checked and freed.
static void work(const char *after) {
  static void *blocks[400];
  uint64_t random = 3;
  for (unsigned turn = 0; turn < 4000; turn++) {
    size_t index = next_random(&random) % COUNT_OF(blocks);
    if (blocks[index]) {
      size_t size = *(size_t *)blocks[index];
      CHECK(intact((char *)blocks[index] + 8, size - 8, size) == size - 8, "after %s a block of %zu is damaged", after,
            size);
      free(blocks[index]);
    }
    size_t size = 16 + random_size(&random, turn % 50 ? 2000 : 400000);
    blocks[index] = malloc(size);
    CHECK(blocks[index], "after %s malloc(%zu) fails", after, size);
    *(size_t *)blocks[index] = size;
    fill((char *)blocks[index] + 8, size - 8, size);
  }
  for (size_t index = 0; index < COUNT_OF(blocks); index++) {
    free(blocks[index]);
    blocks[index] = NULL;
  }
}

/// Blocks of the C library's own malloc, as they are when a library was loaded late or keeps to it.
static void of_the_c_library(void) {
  void *library = dlopen("libc.so.6", RTLD_NOW | RTLD_NOLOAD);
  void *(*libc_malloc)(size_t) = library ? dlsym(library, "__libc_malloc") : NULL;
  void *(*libc_memalign)(size_t, size_t) = library ? dlsym(library, "__libc_memalign") : NULL;
  CHECK(libc_malloc && libc_memalign, "__libc_malloc is not found");
  if (!libc_malloc || !libc_memalign) return;
  static const size_t sizes[] = {1, 24, 100, 1000, 5000, 40000, 200000, 1 << 20, 40 << 20};
  for (unsigned round = 0; round < 20; round++)
    for (size_t index = 0; index < COUNT_OF(sizes); index++) {
      size_t size = sizes[index];
      void *block = libc_malloc(size);
      fill(block, size, index);
      size_t usable = malloc_usable_size(block);
      CHECK(usable == 0 || usable >= size, "malloc_usable_size of the C library's %zu = %zu", size, usable);
      CHECK(usable <= size + 8192, "malloc_usable_size of the C library's %zu = %zu", size, usable);
      free(block);
      free(libc_memalign(256, size));
      block = libc_malloc(size);
      fill(block, size, index);
      size_t wanted = round % 2 ? size * 2 + 1 : size / 2 + 1;
      void *moved = realloc(block, wanted);
      size_t kept = size < wanted ? size : wanted;
      // Where its size cannot be known, NULL leaves it as it is.
      if (moved) {
        CHECK(intact(moved, kept, index) == kept, "realloc of the C library's %zu to %zu lost bytes", size, wanted);
        CHECK(malloc_usable_size(moved) >= wanted || !is_ace(), "realloc of the C library's %zu to %zu: %zu usable",
              size, wanted, malloc_usable_size(moved));
        memset(moved, 1, wanted);
        free(moved);
      } else {
        CHECK(intact(block, size, index) == size, "a refused realloc of the C library's %zu lost bytes", size);
      }
      free(NULL);
    }
  work("the C library's blocks");
}

/// Gives a pointer to every function that could harm what is there.
static void give(void *pointer, const char *what) {
  errno = 12345;
  size_t usable = malloc_usable_size(pointer);
  CHECK(usable == 0, "malloc_usable_size of %s = %zu", what, usable);
  free(pointer);
  CHECK(errno == 12345, "free of %s set errno to %d", what, errno);
  void *moved = realloc(pointer, 100);
  CHECK(moved != pointer, "realloc of %s returned it", what);
  free(moved);
  void (*old)(void *) = dlsym(RTLD_DEFAULT, "cfree");
  if (old) old(pointer);
  work(what);
}

static char still[64 * 1024] __attribute__((aligned(64 * 1024)));

static void of_nobody(void) {
  size_t page_size = 64 * KIB;
  unsigned char *pages = mmap(NULL, page_size * 4, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  for (size_t offset = 0; offset < page_size * 4; offset += page_size / 4 + 16) {
    fill(pages, page_size * 4, offset);
    give(pages + offset, "a mapped page");
    CHECK(intact(pages, page_size * 4, offset) == page_size * 4, "free of a mapped page changed it");
  }
  fill(still, sizeof still, 1);
  give(still, "a static object");
  give(still + 4096, "a static object's inside");
  CHECK(intact(still, sizeof still, 1) == sizeof still, "free of a static object changed it");
  char local[256] __attribute__((aligned(64)));
  fill(local, sizeof local, 2);
  give(local, "a local object");
  CHECK(intact(local, sizeof local, 2) == sizeof local, "free of a local object changed it");
  give((void *)"text", "a text of the program");
  give((void *)(uintptr_t)give, "a function");
  // No memory is there.
  static const uintptr_t addresses[] = {16, 4096, 1ul << 31, (1ul << 46) - 16, 1ul << 46, 1ul << 47, 1ul << 63,
                                        UINTPTR_MAX - 15};
  for (size_t index = 0; index < COUNT_OF(addresses); index++) give((void *)addresses[index], "an address of nothing");
  // The dynamic linker made these before any malloc was there.
  for (struct link_map *map = _r_debug.r_map; map; map = map->l_next) {
    struct link_map before = *map;
    give(map, "the dynamic linker's memory");
    CHECK(!memcmp(&before, map, sizeof before), "free of the dynamic linker's memory changed it");
  }
  void *library = dlopen("libm.so.6", RTLD_NOW);
  if (library) dlclose(library);
  work("dlopen");
}

static void *in_a_thread(void *argument) {
  // A thread that has no heap yet begins with them.
  if (is_ace()) of_nobody();
  of_the_c_library();
  return argument;
}

int main(void) {
  announce();
  of_the_c_library();
  if (is_ace()) of_nobody();
  pthread_t thread;
  pthread_create(&thread, NULL, in_a_thread, NULL);
  pthread_join(thread, NULL);
  return finish();
}
