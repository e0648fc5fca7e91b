// SPDX-License-Identifier: MIT
// Programs to record, chosen by the first argument. Blocks that the tests look for have sizes that no library asks for.
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern void free_sized(void *, size_t) __attribute__((weak));
extern void free_aligned_sized(void *, size_t, size_t) __attribute__((weak));

static void *volatile kept;

// Every function of the family, with sizes from 700001 on; all blocks are freed.
static int family(void) {
  void *blocks[16];
  int count = 0;
  blocks[count++] = malloc(700001);
  blocks[count++] = calloc(2, 350001);
  blocks[count++] = realloc(NULL, 700003);
  blocks[count++] = realloc(malloc(700004), 1400004);
  blocks[count++] = reallocarray(NULL, 5, 140001);
  blocks[count++] = reallocarray(malloc(700006), 2, 700003);
  blocks[count++] = aligned_alloc(64, 700032);
  blocks[count++] = memalign(4096, 700008);
  blocks[count++] = valloc(700009);
  blocks[count++] = pvalloc(700010);
  if (posix_memalign(&blocks[count++], 128, 700011)) return 1;
  for (int i = 0; i < count; i++) {
    if (!blocks[i] || malloc_usable_size(blocks[i]) < 700000) return 2;
    memset(blocks[i], i, 700000);
    if (i == 0 && free_sized) free_sized(blocks[i], 700001);
    else if (i == 6 && free_aligned_sized) free_aligned_sized(blocks[i], 64, 700032);
    else free(blocks[i]);
  }
  free(NULL);
  return realloc(malloc(700012), 0) != NULL;
}

// Calls that fail: none leaves an event, errno is the C library's, a block that could not grow is still there.
static int failures(void) {
  void *block = malloc(700001);
  memset(block, 7, 700001);
  errno = 0;
  kept = malloc(SIZE_MAX / 2);
  if (kept || errno != ENOMEM) return 1;
  errno = 0;
  kept = realloc(block, SIZE_MAX / 2);
  if (kept || errno != ENOMEM || ((char *)block)[700000] != 7) return 2;
  kept = calloc(SIZE_MAX / 2, 3);
  kept = reallocarray(block, SIZE_MAX / 2, 3);
  if (kept || posix_memalign((void **)&block, 24, 8) != EINVAL) return 3;
  errno = 77;
  free(block);
  return errno == 77 ? 0 : 4;
}

enum { handed_count = 20000 };
static void *volatile handed[64];

static void *consume(void *unused) {
  for (int i = 0; i < handed_count; i++) {
    void *block;
    while (!(block = __atomic_exchange_n(&handed[i % 64], NULL, __ATOMIC_ACQ_REL))) sched_yield();
    free(block);
  }
  return unused;
}

// Blocks made by one thread and freed by another.
static int hand_over(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, consume, NULL);
  for (int i = 0; i < handed_count; i++) {
    void *block = malloc(i % 100 + 1), *none = NULL;
    while (!__atomic_compare_exchange_n(&handed[i % 64], &none, block, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) {
      none = NULL;
      sched_yield();
    }
  }
  return pthread_join(thread, NULL);
}

static pthread_key_t key;
static void free_late(void *block) { free(block); }
static void *live_briefly(void *unused) {
  pthread_setspecific(key, malloc(7001));
  free(malloc(7003));
  return unused;
}

// Many threads, one after another, each of which leaves a block to a destructor.
static int churn(void) {
  pthread_key_create(&key, free_late);
  for (int i = 0; i < 2000; i++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, live_briefly, NULL) || pthread_join(thread, NULL)) return 1;
  }
  return 0;
}

// In the last round of destructors, when the recorder has already taken the thread for ended.
static void allocate_last(void *round) {
  if ((long)round < 4) pthread_setspecific(key, (void *)((long)round + 1));
  else kept = malloc(16);
}

static void *end_late(void *unused) {
  pthread_setspecific(key, (void *)1);
  return unused;
}

static void *allocate_much(void *unused) {
  for (int i = 0; i < 10; i++) free(malloc(7000001));
  return unused;
}

// A thread that allocates a small block as its last act, and two that come after it.
static int late(void) {
  pthread_key_create(&key, allocate_last);
  for (int i = 0; i < 3; i++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, i ? allocate_much : end_late, NULL) || pthread_join(thread, NULL)) return 1;
  }
  return 0;
}

static void *volatile boxes[4096];

static void *swap(void *seed) {
  unsigned long state = (unsigned long)seed * 7919;
  for (int i = 0; i < 50000; i++) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    void *block = __atomic_exchange_n(&boxes[state >> 20 & 4095], malloc(state % 500 + 1), __ATOMIC_ACQ_REL);
    if (block && state % 4 == 0) block = realloc(block, state % 900 + 1);
    free(block);
  }
  return NULL;
}

// More threads than processors, which free and reallocate one another's blocks as fast as they can.
static int contend(void) {
  pthread_t threads[4];
  for (long i = 0; i < 4; i++)
    if (pthread_create(&threads[i], NULL, swap, (void *)(i + 1))) return 1;
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  return 0;
}

static int many(long count) {
  for (long i = 0; i < count; i++) free(malloc(7001));
  return 0;
}

static int in_child(char *program) {
  kept = malloc(700001);
  pid_t child = fork();
  if (child == 0) {
    free(kept);
    free(malloc(700002));
    if (program) execl(program, program, "many", "10", NULL);
    exit(0);
  }
  int status;
  free(malloc(700003));
  return waitpid(child, &status, 0) == child && status == 0 ? 0 : 1;
}

static int arrived;

static void *end_at_once(void *unused) { return unused; }

static void *allocate_together(void *unused) {
  __atomic_add_fetch(&arrived, 1, __ATOMIC_ACQ_REL);
  while (__atomic_load_n(&arrived, __ATOMIC_ACQUIRE) < 2) sched_yield();
  for (int i = 0; i < 50; i++) free(malloc(7001));
  return unused;
}

// Children whose first events come from two threads at once. A stack that is left over spares them the calls of
// pthread_create.
static int fork_threads(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, end_at_once, NULL) || pthread_join(thread, NULL)) return 1;
  for (int i = 0; i < 20; i++) {
    pid_t child = fork();
    if (child == 0) {
      if (pthread_create(&thread, NULL, allocate_together, NULL)) _exit(1);
      allocate_together(NULL);
      _exit(pthread_join(thread, NULL));
    }
    int status;
    if (waitpid(child, &status, 0) != child || status) return 1;
  }
  return 0;
}

int main(int count, char **arguments) {
  const char *mode = count > 1 ? arguments[1] : "";
  if (!strcmp(mode, "family")) return family();
  if (!strcmp(mode, "failures")) return failures();
  if (!strcmp(mode, "hand-over")) return hand_over();
  if (!strcmp(mode, "late")) return late();
  if (!strcmp(mode, "contend")) return contend();
  if (!strcmp(mode, "churn")) return churn();
  if (!strcmp(mode, "many") && count > 2) return many(atol(arguments[2]));
  if (!strcmp(mode, "killed")) return many(100000) || raise(SIGKILL);
  if (!strcmp(mode, "fork")) return in_child(NULL);
  if (!strcmp(mode, "fork-threads")) return fork_threads();
  if (!strcmp(mode, "exec")) return in_child(arguments[0]);
  if (!strcmp(mode, "close")) {
    for (int file = 3; file < 1100; file++) close(file);
    return many(300000);
  }
  fprintf(stderr, "no such program: %s\n", mode);
  return 64;
}
