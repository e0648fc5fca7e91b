// SPDX-License-Identifier: MIT
// Allocates while the loader is busy: in callbacks of dl_iterate_phdr, beside a thread that opens and closes the library of the
// first argument, and in children that are forked meanwhile.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int is_over;

static int allocate_in_callback(struct dl_phdr_info *info, size_t size, void *unused) {
  free(malloc(7001));
  return 0;
}

static void *visit_libraries(void *unused) {
  while (!__atomic_load_n(&is_over, __ATOMIC_RELAXED)) dl_iterate_phdr(allocate_in_callback, NULL);
  return unused;
}

static void *allocate(void *unused) {
  while (!__atomic_load_n(&is_over, __ATOMIC_RELAXED)) {
    void *blocks[32];
    for (int i = 0; i < 32; i++) blocks[i] = malloc(10 * i + 1);
    for (int i = 0; i < 32; i++) free(blocks[i]);
  }
  return unused;
}

static void *open_and_close(void *path) {
  while (!__atomic_load_n(&is_over, __ATOMIC_RELAXED)) {
    void *library = dlopen(path, RTLD_NOW);
    if (library) dlclose(library);
    usleep(500);
  }
  return NULL;
}

int main(int count, char **arguments) {
  // Ends a program that waits for ever.
  alarm(100);
  pthread_t threads[4];
  pthread_create(&threads[0], NULL, visit_libraries, NULL);
  pthread_create(&threads[1], NULL, allocate, NULL);
  pthread_create(&threads[2], NULL, allocate, NULL);
  pthread_create(&threads[3], NULL, open_and_close, arguments[1]);
  int failures = 0;
  for (int i = 0; i < 20; i++) {
    pid_t child = fork();
    if (child == 0) {
      for (int size = 0; size < 2000; size++) free(malloc(size));
      _exit(0);
    }
    int status;
    if (waitpid(child, &status, 0) != child || status) failures++;
    usleep(5000);
  }
  __atomic_store_n(&is_over, 1, __ATOMIC_RELAXED);
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  return failures;
}
