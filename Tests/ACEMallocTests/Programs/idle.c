// SPDX-License-Identifier: MIT
//
// idle.c: two threads fill memory, keep a fiftieth of their blocks in whole pages' worth of neighbours, and sleep. Of the pages in
// which no block of theirs is left at least four fifths have to go back to the system by themselves.
#include "checks.h"

#include <sys/mman.h>
#include <time.h>

enum { BLOCKS = 60000, GROUP = 100, KEPT = 2, PAGE = 4096 };

static void *blocks[2][BLOCKS];
static pthread_barrier_t begun, over;

static size_t size_of(size_t index) { return 16 + index / GROUP * 40 % 1000; }

static void *work(void *argument) {
  void **mine = blocks[(size_t)argument];
  for (size_t index = 0; index < BLOCKS; index++) {
    mine[index] = malloc(size_of(index));
    if (!mine[index]) abort();
    memset(mine[index], 0x5a, size_of(index));
  }
  pthread_barrier_wait(&begun);
  for (size_t index = 0; index < BLOCKS; index++) {
    if (index % GROUP < KEPT) continue;
    free(mine[index]);
  }
  pthread_barrier_wait(&begun);
  // Asleep, outside of malloc, until the main thread has seen enough.
  pthread_barrier_wait(&over);
  for (size_t index = 0; index < BLOCKS; index++) {
    if (index % GROUP >= KEPT) continue;
    const unsigned char *bytes = mine[index];
    for (size_t offset = 0; offset < size_of(index); offset++)
      CHECK(bytes[offset] == 0x5a, "a block of %zu bytes has %#x at %zu", size_of(index), bytes[offset], offset);
    free(mine[index]);
  }
  return NULL;
}

/// Resident pages of the process, without the C library's streams.
static size_t resident_pages(void) {
  char text[128];
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  text[length < 0 ? 0 : length] = 0;
  char *rest;
  strtoul(text, &rest, 10);
  return strtoul(rest, NULL, 10);
}

/// Pages that the blocks lie in, all of them or those that are kept.
static size_t count_pages(bool all, uintptr_t least, size_t page_count, unsigned char *pages) {
  memset(pages, 0, page_count);
  size_t count = 0;
  for (size_t thread = 0; thread < 2; thread++) {
    for (size_t index = 0; index < BLOCKS; index++) {
      if (!all && index % GROUP >= KEPT) continue;
      uintptr_t start = (uintptr_t)blocks[thread][index];
      for (uintptr_t page = start / PAGE; page <= (start + size_of(index) - 1) / PAGE; page++) {
        unsigned char *seen = &pages[page - least / PAGE];
        count += !*seen;
        *seen = 1;
      }
    }
  }
  return count;
}

int main(void) {
  announce();
  pthread_barrier_init(&begun, NULL, 3);
  pthread_barrier_init(&over, NULL, 3);
  pthread_t threads[2];
  for (size_t index = 0; index < 2; index++) pthread_create(&threads[index], NULL, work, (void *)index);
  pthread_barrier_wait(&begun);
  uintptr_t least = UINTPTR_MAX, greatest = 0;
  for (size_t thread = 0; thread < 2; thread++) {
    for (size_t index = 0; index < BLOCKS; index++) {
      uintptr_t address = (uintptr_t)blocks[thread][index];
      if (address < least) least = address;
      if (address + PAGE > greatest) greatest = address + PAGE;
    }
  }
  size_t page_count = greatest / PAGE - least / PAGE + 2;
  unsigned char *pages = mmap(NULL, page_count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  size_t full = count_pages(true, least, page_count, pages);
  size_t before = resident_pages();
  size_t needed = count_pages(false, least, page_count, pages);
  pthread_barrier_wait(&begun);
  size_t due = (full - needed) * 4 / 5;
  size_t now = before;
  // A second is what it should take; a machine that is busy with others gets more.
  for (unsigned turn = 0; turn < 300; turn++) {
    struct timespec pause = {0, 10000000};
    nanosleep(&pause, NULL);
    now = resident_pages();
    if (now + due <= before) break;
  }
  CHECK(full - needed > 1000, "only %zu pages of %zu have become free", full - needed, full);
  CHECK(now + due <= before, "of %zu pages, %zu of them free, %zu went and not %zu", full, full - needed,
        before > now ? before - now : 0, due);
  pthread_barrier_wait(&over);
  for (size_t index = 0; index < 2; index++) pthread_join(threads[index], NULL);
  return finish();
}
