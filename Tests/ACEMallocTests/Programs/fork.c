// SPDX-License-Identifier: MIT
//
// fork.c: a program whose threads are busy with malloc forks, and its children allocate, free what they inherited, and
// start threads of their own. The first argument is how often.
#include "checks.h"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

extern char **environ;

/// Blocks that threads put down and take away; a child has a copy of them all.
static struct {
  unsigned char busy;
  void *block;
  size_t size;
} shared[256];
static bool stop;

static void *busy(void *argument) {
  uint64_t random = (uint64_t)(uintptr_t)argument;
  while (!__atomic_load_n(&stop, __ATOMIC_ACQUIRE)) {
    size_t size = random_size(&random, next_random(&random) % 64 ? 2000 : 600000);
    void *block = malloc(size);
    if (!block) continue;
    fill(block, size, seed_of(block, size));
    size_t index = next_random(&random) % COUNT_OF(shared);
    if (!__atomic_test_and_set(&shared[index].busy, __ATOMIC_ACQUIRE)) {
      void *other = shared[index].block;
      size_t other_size = shared[index].size;
      shared[index].block = block;
      shared[index].size = size;
      __atomic_clear(&shared[index].busy, __ATOMIC_RELEASE);
      block = other;
      size = other_size;
    }
    if (!block) continue;
    CHECK(intact(block, size, seed_of(block, size)) == size, "a block of %zu bytes was changed", size);
    if (random % 4 == 0) block = realloc(block, size * 2);
    free(block);
  }
  return NULL;
}

static void *short_work(void *argument) {
  uint64_t random = (uint64_t)(uintptr_t)argument + 99;
  void *blocks[100] = {0};
  for (unsigned turn = 0; turn < 1000; turn++) {
    size_t index = next_random(&random) % COUNT_OF(blocks), size = random_size(&random, turn % 50 ? 3000 : 500000);
    free(blocks[index]);
    blocks[index] = calloc(1, size);
    CHECK(blocks[index] && zero_until(blocks[index], size) == size, "calloc(1, %zu) in a child = %p", size,
          blocks[index]);
    memset(blocks[index], 1, size);
  }
  // Half is freed by whoever joins, half here.
  for (size_t index = 1; index < COUNT_OF(blocks); index++) free(blocks[index]);
  return blocks[0];
}

/// What a child does; its status is 0 when all was right.
static int child(unsigned turn) {
  alarm(20);
  failure_count = 0;
  for (size_t index = 0; index < COUNT_OF(shared); index++) {
    // One that was being exchanged when its owner was cut off is left alone.
    if (shared[index].busy || !shared[index].block) continue;
    size_t size = shared[index].size;
    size_t good = intact(shared[index].block, size, seed_of(shared[index].block, size));
    CHECK(good == size, "a child finds byte %zu of a block of %zu changed", good, size);
    if (index % 3 == 0) {
      uint64_t seed = seed_of(shared[index].block, size);
      shared[index].block = realloc(shared[index].block, size + 100);
      CHECK(shared[index].block && intact(shared[index].block, size, seed) == size, "realloc in a child");
    }
    free(shared[index].block);
    shared[index].block = NULL;
  }
  free(short_work((void *)(uintptr_t)turn));
  pthread_t threads[2];
  for (size_t index = 0; index < COUNT_OF(threads); index++) {
    int error = pthread_create(&threads[index], NULL, short_work, (void *)(uintptr_t)(turn + index));
    CHECK(error == 0, "pthread_create in a child: %s", strerror(error));
    if (error) return 1;
  }
  for (size_t index = 0; index < COUNT_OF(threads); index++) {
    void *block;
    pthread_join(threads[index], &block);
    free(block);
  }
  if (turn % 8 == 0) {
    pid_t grandchild = fork();
    if (grandchild == 0) {
      alarm(10);
      free(short_work(NULL));
      _exit(failure_count != 0);
    }
    int status;
    waitpid(grandchild, &status, 0);
    CHECK(status == 0, "a grandchild ended with status %#x", status);
  }
  return failure_count != 0;
}

int main(int argument_count, char **arguments) {
  announce();
  unsigned count = argument_count > 1 ? (unsigned)atoi(arguments[1]) : 200;
  pthread_t threads[4];
  for (size_t index = 0; index < COUNT_OF(threads); index++)
    pthread_create(&threads[index], NULL, busy, (void *)(index + 1));
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
    if (failure_count > 2) return finish();
    free(short_work((void *)(uintptr_t)turn));
  }
  for (unsigned turn = 0; turn < count / 10; turn++) {
    char *const program[] = {"sh", "-c", "exit 7", NULL};
    pid_t process = vfork();
    if (process == 0) {
      execv("/bin/sh", program);
      _exit(1);
    }
    int status = 0;
    waitpid(process, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7, "a program after vfork ended with status %#x", status);
    int error = posix_spawn(&process, "/bin/sh", NULL, NULL, program, environ);
    CHECK(error == 0, "posix_spawn: %s", strerror(error));
    waitpid(process, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7, "a spawned program ended with status %#x", status);
    status = system("exit 7");
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7, "system() = %#x", status);
    FILE *pipe = popen("echo words", "r");
    char words[16] = "";
    CHECK(pipe && fgets(words, sizeof words, pipe) && !strcmp(words, "words\n"), "popen gave %s", words);
    CHECK(pipe && pclose(pipe) == 0, "pclose failed");
  }
  __atomic_store_n(&stop, true, __ATOMIC_RELEASE);
  for (size_t index = 0; index < COUNT_OF(threads); index++) pthread_join(threads[index], NULL);
  for (size_t index = 0; index < COUNT_OF(shared); index++) free(shared[index].block);
  return finish();
}
