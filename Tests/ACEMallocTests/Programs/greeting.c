// SPDX-License-Identifier: MIT
//
// greeting.c: does a little with malloc and threads, and writes one line to each stream that it is asked to.
#include "checks.h"

static void *work(void *argument) {
  size_t sum = 0;
  for (size_t size = 1; size <= 1000; size++) {
    unsigned char *block = memset(malloc(size), 1, size);
    for (size_t index = 0; index < size; index++) sum += block[index];
    free(block);
  }
  *(size_t *)argument = sum;
  return NULL;
}

int main(void) {
  size_t sums[2];
  pthread_t thread;
  work(&sums[0]);
  pthread_create(&thread, NULL, work, &sums[1]);
  pthread_join(thread, NULL);
  printf("the sums are %zu and %zu\n", sums[0], sums[1]);
  free(malloc(3 << 20));
  return 0;
}
