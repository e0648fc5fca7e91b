// SPDX-License-Identifier: MIT
//
// signals.c: threads are interrupted anywhere, in malloc too, by handlers that sleep there; others block the signal, or wait for it.
// ACE's own thread looks for threads that sleep all the while. Contents are checked.
#include "worker.h"

#include <signal.h>
#include <sys/time.h>

static bool stop;
static unsigned long handled, waited;
// No signal is sent before those that block it do.
static pthread_barrier_t begun;

static void handler(int number) {
  (void)number;
  int error = errno;
  __atomic_fetch_add(&handled, 1, __ATOMIC_RELAXED);
  pause_for(4);
  errno = error;
}

static void work(uint64_t random, bool sleeps) {
  struct {
    unsigned char *bytes;
    size_t size;
  } blocks[512] = {{0}};
  while (!__atomic_load_n(&stop, __ATOMIC_ACQUIRE)) {
    for (unsigned turn = 0; turn < 3000; turn++) {
      size_t index = next_random(&random) % COUNT_OF(blocks);
      if (blocks[index].bytes) {
        size_t good = intact(blocks[index].bytes, blocks[index].size, seed_of(blocks[index].bytes, blocks[index].size));
        CHECK(good == blocks[index].size, "byte %zu of a block of %zu bytes was changed", good, blocks[index].size);
        free(blocks[index].bytes);
      }
      blocks[index].size = random_size(&random, turn % 16 ? 1000 : 20000);
      blocks[index].bytes = malloc(blocks[index].size);
      fill(blocks[index].bytes, blocks[index].size, seed_of(blocks[index].bytes, blocks[index].size));
    }
    if (sleeps) pause_for(3);
  }
  for (size_t index = 0; index < COUNT_OF(blocks); index++) free(blocks[index].bytes);
}

static void *be_interrupted(void *argument) {
  pthread_barrier_wait(&begun);
  work((uint64_t)(uintptr_t)argument, false);
  return NULL;
}

static void *block_signals(void *argument) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
  pthread_barrier_wait(&begun);
  work((uint64_t)(uintptr_t)argument, true);
  return NULL;
}

static void *wait_for_signals(void *argument) {
  uint64_t random = (uint64_t)(uintptr_t)argument;
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
  pthread_barrier_wait(&begun);
  while (!__atomic_load_n(&stop, __ATOMIC_ACQUIRE)) {
    void *block = malloc(random_size(&random, 3000));
    struct timespec time = {0, 20000000};
    if (sigtimedwait(&signals, NULL, &time) == SIGUSR1) __atomic_fetch_add(&waited, 1, __ATOMIC_RELAXED);
    free(block);
  }
  return NULL;
}

int main(int argument_count, char **arguments) {
  announce();
  unsigned milliseconds = argument_count > 1 ? (unsigned)atoi(arguments[1]) : 1000;
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, NULL);
  take_ballast();
  pthread_t threads[4];
  pthread_barrier_init(&begun, NULL, COUNT_OF(threads) + 1);
  void *(*const lives[])(void *) = {be_interrupted, be_interrupted, block_signals, wait_for_signals};
  for (size_t index = 0; index < COUNT_OF(threads); index++)
    pthread_create(&threads[index], NULL, lives[index], (void *)(index + 1));
  pthread_barrier_wait(&begun);
  CHECK(await_worker(), "a program with threads has no thread of ACE's");
  for (unsigned turn = 0; turn < milliseconds / 2; turn++) {
    // Far enough apart that the handler is not all that a thread does: it may have been interrupted with a lock in hand.
    if (turn % 8 == 0) pthread_kill(threads[turn / 8 % 2], SIGUSR1);
    pthread_kill(threads[3], SIGUSR1);
    pause_for(2);
  }
  __atomic_store_n(&stop, true, __ATOMIC_RELEASE);
  for (size_t index = 0; index < COUNT_OF(threads); index++) pthread_join(threads[index], NULL);
  CHECK(handled > 10, "only %lu signals were handled", handled);
  CHECK(waited > 10, "only %lu signals were waited for", waited);
  drop_ballast(0);
  return finish();
}
