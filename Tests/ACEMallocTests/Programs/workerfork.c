// SPDX-License-Identifier: MIT
//
// workerfork.c: forks while ACE's own thread runs. Children allocate, start threads, and get such a thread of their own; the
// parent goes on. The argument is how often.
#include "worker.h"

#include <sys/wait.h>

static bool stop;

static void *busy(void *argument) {
  uint64_t random = (uint64_t)(uintptr_t)argument;
  void *blocks[512] = {0};
  while (!__atomic_load_n(&stop, __ATOMIC_ACQUIRE)) {
    for (unsigned turn = 0; turn < 2000; turn++) {
      size_t index = next_random(&random) % COUNT_OF(blocks);
      free(blocks[index]);
      blocks[index] = malloc(random_size(&random, 30000));
    }
    if (random % 2) pause_for(3);
  }
  for (size_t index = 0; index < COUNT_OF(blocks); index++) free(blocks[index]);
  return NULL;
}

static int child(unsigned turn) {
  alarm(60);
  failure_count = 0;
  CHECK(statistics_now().worker_count == 0, "a child says that it has its parent's thread");
  drop_ballast(turn % 3 ? 50 : 0);
  take_ballast();
  if (turn % 4 != 3) {
    pthread_t partner = start_partner();
    CHECK(await_worker(), "a child with two threads has no thread of ACE's");
    drop_ballast(7);
    pause_for(5);
    drop_ballast(0);
    if (turn % 2) end_partner(partner);
  }
  drop_ballast(0);
  return failure_count != 0;
}

int main(int argument_count, char **arguments) {
  announce();
  unsigned count = argument_count > 1 ? (unsigned)atoi(arguments[1]) : 10;
  pthread_t threads[2];
  for (size_t index = 0; index < 2; index++) pthread_create(&threads[index], NULL, busy, (void *)(index + 1));
  take_ballast();
  CHECK(await_worker(), "a program with threads has no thread of ACE's");
  for (unsigned turn = 0; turn < count; turn++) {
    pid_t process = fork();
    if (process == 0) {
      int status = child(turn);
      if (turn % 2) _exit(status);
      exit(status);
    }
    CHECK(process > 0, "fork: %s", strerror(errno));
    int status = 0;
    waitpid(process, &status, 0);
    CHECK(status == 0, "child %u ended with status %#x", turn, status);
    drop_ballast(3);
    take_ballast();
    CHECK(statistics_now().worker_count == 1, "the parent has lost its thread");
  }
  __atomic_store_n(&stop, true, __ATOMIC_RELEASE);
  for (size_t index = 0; index < 2; index++) pthread_join(threads[index], NULL);
  drop_ballast(0);
  return finish();
}
