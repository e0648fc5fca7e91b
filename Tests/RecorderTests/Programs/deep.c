// SPDX-License-Identifier: MIT
// As loop.c, at the bottom of many frames: allocates and frees a block of 64 bytes over and over, and prints the nanoseconds of
// an event. The first argument is the number of events, the second the number of frames below main's.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long events;

__attribute__((noinline)) static double loop(void) {
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
  return ((end.tv_sec - start.tv_sec) * 1e9 + (end.tv_nsec - start.tv_nsec)) / events;
}

__attribute__((noinline)) static double descend(long depth) {
  double nanoseconds = depth > 2 ? descend(depth - 1) : loop();
  __asm__ volatile("" : : : "memory");
  return nanoseconds;
}

int main(int count, char **arguments) {
  events = count > 1 ? atol(arguments[1]) : 2000000;
  printf("%.2f\n", descend(count > 2 ? atol(arguments[2]) : 20));
}
