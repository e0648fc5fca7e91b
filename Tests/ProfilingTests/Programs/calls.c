// SPDX-License-Identifier: MIT
//
// Makes system calls whose number is known, in units: `calls THREADS CHILDREN` makes 1 + THREADS + 3 * CHILDREN units, in its first
// thread, in others, and in each child in its first thread, in another, and in the program that this one turns into by `exec`.
// `calls unit` makes one unit. `calls daemon` makes one unit and ends; a child of it makes another a second later.
//
// A unit: 200 getppid, 100 mremap to 8192 and back to 4096 bytes by turns, 10 mlock that fail, 2 naps of 20 ms.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char *self;

static void *unit(void *argument) {
  for (int index = 0; index < 200; index++) syscall(SYS_getppid);
  char *block = (char *)syscall(SYS_mmap, NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  for (int index = 0; index < 50; index++) {
    block = (char *)syscall(SYS_mremap, block, 4096, 8192, MREMAP_MAYMOVE);
    block = (char *)syscall(SYS_mremap, block, 8192, 4096, MREMAP_MAYMOVE);
  }
  for (int index = 0; index < 10; index++) syscall(SYS_mlock, 4096, 4096);
  const struct timespec nap = {0, 20000000};
  for (int index = 0; index < 2; index++) syscall(SYS_nanosleep, &nap, NULL);
  return argument;
}

static void *unit_and_exec(void *argument) {
  unit(argument);
  execl(self, self, "unit", (char *)NULL);
  _exit(1);
}

static void run(void *(*body)(void *)) {
  pthread_t thread;
  pthread_create(&thread, NULL, body, NULL);
  pthread_join(thread, NULL);
}

int main(int count, char **arguments) {
  self = arguments[0];
  unit(NULL);
  if (count == 2 && strcmp(arguments[1], "unit") == 0) return 0;
  if (count == 2 && strcmp(arguments[1], "daemon") == 0) {
    if (fork() == 0) {
      setsid();
      sleep(1);
      unit(NULL);
    }
    return 0;
  }
  const int threads = atoi(arguments[1]), children = atoi(arguments[2]);
  pthread_t handles[threads + 1];
  for (int index = 0; index < threads; index++) pthread_create(&handles[index], NULL, unit, NULL);
  for (int index = 0; index < children; index++) {
    if (fork() == 0) {
      unit(NULL);
      run(unit_and_exec);
    }
  }
  for (int index = 0; index < threads; index++) pthread_join(handles[index], NULL);
  int status, failures = 0;
  while (wait(&status) > 0) failures += status != 0;
  return failures;
}
