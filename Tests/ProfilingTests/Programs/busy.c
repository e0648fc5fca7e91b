// SPDX-License-Identifier: MIT
// Spends about three quarters of its time in spin_long and one quarter in spin_short, until the seconds of its argument have passed.
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile uint64_t sink;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

__attribute__((noinline)) static void spin(uint64_t count) {
  for (uint64_t index = 0; index < count; index++) sink += index * 7;
}

__attribute__((noinline)) void spin_long(void) {
  spin(3000000);
  sink++;
}

__attribute__((noinline)) void spin_short(void) {
  spin(1000000);
  sink++;
}

__attribute__((noinline)) void work(double seconds) {
  const double end = now() + seconds;
  while (now() < end) {
    spin_long();
    spin_short();
  }
  sink++;
}

// Asks the kernel for pages again and again.
__attribute__((noinline)) void touch_pages(double seconds) {
  const double end = now() + seconds;
  while (now() < end) {
    char *block = malloc(32 << 20);
    for (size_t offset = 0; offset < 32 << 20; offset += 4096) block[offset] = 1;
    sink += block[12345];
    free(block);
  }
}

// Does little but allocate and free.
__attribute__((noinline)) void churn(double seconds) {
  static void *blocks[20000];
  const double end = now() + seconds;
  for (uint64_t round = 1; now() < end; round++) {
    for (size_t index = 0; index < 20000; index++) blocks[index] = malloc(16 + index * round % 20000);
    for (size_t index = 0; index < 20000; index++) free(blocks[index * 7 % 20000]);
  }
  sink++;
}

static void *begin_thread(void *seconds) {
  work(*(double *)seconds);
  return NULL;
}

// usage: busy SECONDS [pages | churn | thread | fork]
int main(int count, char **arguments) {
  double seconds = atof(arguments[1]);
  const char *kind = count > 2 ? arguments[2] : "";
  if (strcmp(kind, "pages") == 0) {
    touch_pages(seconds);
  } else if (strcmp(kind, "churn") == 0) {
    churn(seconds);
  } else if (strcmp(kind, "thread") == 0) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, begin_thread, &seconds) != 0) return 1;
    pthread_join(thread, NULL);
  } else if (strcmp(kind, "fork") == 0) {
    if (fork() == 0) {
      work(seconds);
    } else {
      wait(NULL);
    }
  } else {
    work(seconds);
  }
  return 0;
}
