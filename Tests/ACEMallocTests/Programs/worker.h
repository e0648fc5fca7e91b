// SPDX-License-Identifier: MIT
//
// worker.h: for programs in which ACE's own thread is to run, or must not.
#pragma once

#include "checks.h"

#include "../../../Sources/CACE/include/ace.h"

#include <time.h>

static struct ace_statistics statistics_now(void) {
  static int (*get)(struct ace_statistics *);
  if (!get) get = (int (*)(struct ace_statistics *))dlsym(RTLD_DEFAULT, "ace_get_statistics");
  struct ace_statistics statistics = {.byte_count = sizeof statistics};
  if (!get || get(&statistics) != 0) _exit(69);
  return statistics;
}

static void pause_for(long milliseconds) {
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  nanosleep(&time, NULL);
}

enum { BALLAST = 40000 };
static void *ballast[BALLAST];

/// More small blocks than a program has for which a thread is not worth it, where there is none yet; each says where it is.
static void take_ballast(void) {
  for (size_t index = 0; index < BALLAST; index++) {
    if (ballast[index]) continue;
    size_t size = 300 + index % 700;
    ballast[index] = malloc(size);
    if (!ballast[index]) abort();
    fill(ballast[index], size, seed_of(ballast[index], size));
  }
}

/// Checks and frees every block but each `kept`th, which is checked alone.
static void drop_ballast(size_t kept) {
  for (size_t index = 0; index < BALLAST; index++) {
    size_t size = 300 + index % 700;
    if (!ballast[index]) continue;
    size_t good = intact(ballast[index], size, seed_of(ballast[index], size));
    CHECK(good == size, "byte %zu of a block of %zu bytes was changed", good, size);
    if (kept && index % kept == 0) continue;
    free(ballast[index]);
    ballast[index] = NULL;
  }
}

/// Calls that the thread's lists cannot serve, for ACE to look at the clock in.
static void make_slow_calls(void) {
  void *blocks[64];
  for (size_t turn = 0; turn < 40; turn++) {
    for (size_t index = 0; index < 64; index++) blocks[index] = malloc(40000 + index * 512);
    for (size_t index = 0; index < 64; index++) free(blocks[index]);
  }
}

/// Goes on until ACE's thread runs; whether it does. There have to be two threads that have allocated.
static bool await_worker(void) {
  for (unsigned turn = 0; turn < 5000; turn++) {
    if (statistics_now().worker_count == 1) return true;
    make_slow_calls();
    pause_for(1);
  }
  return false;
}

static pthread_barrier_t partner_barrier;
static void *be_partner(void *unused) {
  free(malloc(100));
  pthread_barrier_wait(&partner_barrier);
  pthread_barrier_wait(&partner_barrier);
  return unused;
}

/// Starts a thread that has a heap and sleeps.
static pthread_t start_partner(void) {
  pthread_t thread;
  pthread_barrier_init(&partner_barrier, NULL, 2);
  int error = pthread_create(&thread, NULL, be_partner, NULL);
  CHECK(error == 0, "pthread_create: %s", strerror(error));
  if (error) _exit(1);
  pthread_barrier_wait(&partner_barrier);
  return thread;
}
static void end_partner(pthread_t thread) {
  pthread_barrier_wait(&partner_barrier);
  pthread_join(thread, NULL);
}
