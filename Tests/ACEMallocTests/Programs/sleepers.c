// SPDX-License-Identifier: MIT
//
// Threads that allocate, free one another's blocks and sleep in many kinds of waiting, so that a worker that looks after
// the heaps of sleeping threads finds them in every state. Contents are checked. Arguments: threads, seconds.
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { SLOTS = 4096, SHARED = 256 };
static void *shared[SHARED];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static double end_time;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}
static uint64_t draw(uint64_t *state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}
// A block says its size in its first word, and has the low byte of it everywhere else.
static void *make(uint64_t *state) {
  size_t size = 16 + (draw(state) % 16 == 0 ? draw(state) % 20000 : draw(state) % 1000);
  unsigned char *block = malloc(size);
  if (block == NULL) abort();
  memset(block, (int)(size & 255), size);
  memcpy(block, &size, sizeof size);
  return block;
}
static void drop(unsigned char *block) {
  if (block == NULL) return;
  size_t size;
  memcpy(&size, block, sizeof size);
  for (size_t i = sizeof size; i < size; i++) {
    if (block[i] != (unsigned char)(size & 255)) {
      fprintf(stderr, "a block of %zu bytes has %d at %zu\n", size, block[i], i);
      abort();
    }
  }
  free(block);
}
static void rest(uint64_t *state, int epoll) {
  struct timespec pause = {0, (long)(draw(state) % 8000000)};
  struct epoll_event event;
  switch (draw(state) % 5) {
    case 0: poll(NULL, 0, (int)(draw(state) % 8)); break;
    case 1: nanosleep(&pause, NULL); break;
    case 2: epoll_wait(epoll, &event, 1, (int)(draw(state) % 8)); break;
    case 3: {
      struct timespec until;
      clock_gettime(CLOCK_REALTIME, &until);
      until.tv_nsec += pause.tv_nsec;
      if (until.tv_nsec >= 1000000000) until.tv_sec++, until.tv_nsec -= 1000000000;
      pthread_mutex_lock(&mutex);
      pthread_cond_timedwait(&condition, &mutex, &until);
      pthread_mutex_unlock(&mutex);
      break;
    }
    default: usleep((useconds_t)(draw(state) % 4000));
  }
}
static void *live(void *argument) {
  uint64_t state = (uint64_t)(uintptr_t)argument;
  void **slots = calloc(SLOTS, sizeof *slots);
  int epoll = epoll_create1(0);
  double end = now() + (double)(draw(&state) % 1000) / 1000;
  if (end > end_time) end = end_time;
  while (now() < end) {
    uint64_t count = draw(&state) % 6000;
    uint64_t live = draw(&state) % 3;
    for (uint64_t i = 0; i < count; i++) {
      size_t slot = draw(&state) % SLOTS;
      drop(slots[slot]);
      slots[slot] = draw(&state) % 3 < live ? make(&state) : NULL;
      if (i % 16 == 0) drop(__atomic_exchange_n(&shared[draw(&state) % SHARED], make(&state), __ATOMIC_ACQ_REL));
    }
    rest(&state, epoll);
  }
  for (int i = 0; i < SLOTS; i++) drop(slots[i]);
  free(slots);
  close(epoll);
  return NULL;
}
int main(int argc, char **argv) {
  int count = argc > 1 ? atoi(argv[1]) : 4;
  end_time = now() + (argc > 2 ? atof(argv[2]) : 2);
  pthread_t threads[64];
  uint64_t generation = 1;
  for (int i = 0; i < count; i++) pthread_create(&threads[i], NULL, live, (void *)(uintptr_t)generation++);
  while (now() < end_time) {
    for (int i = 0; i < count; i++) {
      pthread_join(threads[i], NULL);
      pthread_create(&threads[i], NULL, live, (void *)(uintptr_t)generation++);
    }
  }
  for (int i = 0; i < count; i++) pthread_join(threads[i], NULL);
  for (int i = 0; i < SHARED; i++) drop(shared[i]);
  puts("sound");
  return 0;
}
