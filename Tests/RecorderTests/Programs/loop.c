// SPDX-License-Identifier: MIT
// A program whose time is its allocator's: allocates and frees a block of 64 bytes over and over, and prints the
// nanoseconds of an event. Blocks are freed in the order they were made, `depth` events later.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int count, char **arguments) {
  long events = count > 1 ? atol(arguments[1]) : 20000000;
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
