// SPDX-License-Identifier: MIT
// A program whose time is its allocator's: allocates and frees a block of 64 bytes over and over, and prints the
// nanoseconds of an event. Blocks are freed in the order they were made, sixteen allocations later. The first argument
// is the number of events; with a second one, another thread makes an event before.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void *make_event(void *unused) {
  free(malloc(8));
  return unused;
}

int main(int count, char **arguments) {
  long events = count > 1 ? atol(arguments[1]) : 20000000;
  pthread_t thread;
  if (count > 2 && !pthread_create(&thread, NULL, make_event, NULL)) pthread_join(thread, NULL);
  static void *blocks[16];
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (long i = 0; i < events / 2; i++) {
    void **block = &blocks[i & 15];
    free(*block);
    *block = malloc(64);
    __asm__ volatile("" : : "r"(*block) : "memory");
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  double elapsed = (end.tv_sec - start.tv_sec) * 1e9 + (end.tv_nsec - start.tv_nsec);
  printf("%.2f\n", elapsed / events);
}
