// SPDX-License-Identifier: MIT
// Programs whose stacks are known, chosen by the first argument. The size of a block tells where it was allocated:
// 10000 + 2 × (frames of recurse) + site.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define KEPT __attribute__((noinline, noclone))
#if defined(__clang__)
#undef KEPT
#define KEPT __attribute__((noinline))
#endif

static void *volatile kept;

// What is done after a call keeps it from becoming a jump.
KEPT static void site_zero(long depth) {
  void *block = malloc(10000 + 2 * depth);
  kept = block;
  free(block);
}

KEPT static void site_one(long depth) {
  void *block = realloc(realloc(NULL, 5), 10001 + 2 * depth);
  kept = block;
  free(block);
}

static unsigned long next(unsigned long *state) {
  *state ^= *state << 13, *state ^= *state >> 7, *state ^= *state << 17;
  return *state >> 11;
}

// Goes up and down in a way that is its own each time, and allocates on every level.
KEPT static long recurse(long depth, long limit, unsigned long *state) {
  long sum = depth;
  do {
    unsigned long choice = next(state);
    if (choice & 1) site_zero(depth);
    if (choice & 2) site_one(depth);
    if (depth < limit && choice % 8 < 6) sum += recurse(depth + 1, limit, state);
  } while (next(state) % 4 == 0);
  return sum + (long)kept;
}

KEPT static void wander(unsigned long seed, long limit, long count) {
  unsigned long state = seed * 7919;
  long sum = 0;
  for (long i = 0; i < count; i++) sum += recurse(1, limit, &state);
  kept = (void *)sum;
}

static void *wander_thread(void *seed) {
  wander((unsigned long)seed, 50, 200);
  return NULL;
}

// To a depth and no further, and there one block of each site.
KEPT static long descend(long depth, long limit) {
  if (depth < limit) return descend(depth + 1, limit) + 1 + (kept != NULL);
  site_zero(depth);
  site_one(depth);
  return depth;
}

KEPT static void allocate_small(void) {
  for (int i = 0; i < 400000; i++) {
    free(malloc(101));
    kept = NULL;
  }
}

KEPT static void allocate_large(void) {
  for (int i = 0; i < 2000; i++) {
    free(malloc(20003));
    kept = NULL;
  }
}

static int with_library(const char *path, int closes, int is_killed) {
  void *library = dlopen(path, RTLD_NOW);
  void (*allocate)(void) = library ? (void (*)(void))dlsym(library, "plugin_allocate") : NULL;
  if (!allocate) return 1;
  allocate();
  if (closes) dlclose(library);
  for (int i = 0; i < 200; i++) site_zero(0);
  return is_killed ? raise(SIGKILL) : 0;
}

int main(int count, char **arguments) {
  const char *mode = count > 1 ? arguments[1] : "";
  if (!strcmp(mode, "wander")) {
    wander(1, 50, 300);
    return 0;
  }
  if (!strcmp(mode, "killed")) {
    wander(1, 50, 300);
    return raise(SIGKILL);
  }
  if (!strcmp(mode, "descend") && count > 2) {
    // A little deeper each time, so that the frames kept of a deep stack move.
    for (long limit = atol(arguments[2]); limit > 0; limit -= 3) descend(1, limit);
    return 0;
  }
  if (!strcmp(mode, "threads")) {
    pthread_t threads[4];
    for (long i = 0; i < 4; i++)
      if (pthread_create(&threads[i], NULL, wander_thread, (void *)(i + 1))) return 1;
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    return 0;
  }
  if (!strcmp(mode, "fork")) {
    site_zero(0);
    pid_t child = fork();
    if (child == 0) {
      wander(2, 30, 100);
      return 0;
    }
    int status;
    return waitpid(child, &status, 0) != child || status;
  }
  if (!strcmp(mode, "mixed")) {
    allocate_small();
    allocate_large();
    return 0;
  }
  if (!strcmp(mode, "library") && count > 2) return with_library(arguments[2], 0, 0);
  if (!strcmp(mode, "library-closed") && count > 2) return with_library(arguments[2], 1, 0);
  if (!strcmp(mode, "library-killed") && count > 2) return with_library(arguments[2], 0, 1);
  fprintf(stderr, "no such program: %s\n", mode);
  return 64;
}
