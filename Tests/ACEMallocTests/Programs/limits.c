// SPDX-License-Identifier: MIT
//
// limits.c: with little address space or data allowed, and with memory that is locked, allocation ends in NULL and
// ENOMEM and goes on working. The first argument is the limit's name, the second its size in MiB; the program sets the
// limit and starts itself anew under it, so that the allocator never knew better times. Under the name `late` it goes
// on as it is.
#include "checks.h"

#include <sys/mman.h>
#include <sys/resource.h>

static size_t limit;

struct link {
  struct link *next;
};

/// Allocates blocks of a size until there are no more; returns their number.
static size_t exhaust(struct link **chain, size_t size, int kind) {
  size_t count = 0;
  for (;; count++) {
    errno = 12345;
    struct link *block = kind == 0 ? malloc(size) : kind == 1 ? calloc(1, size) : memalign(64, size);
    if (!block) break;
    // Memory that no limit bounds would be the machine's.
    CHECK(count * size <= limit, "more than %zu blocks of %zu under a limit of %zu", count, size, limit);
    if (count * size > limit) {
      free(block);
      return count;
    }
    // The last byte is touched too: what was given must be there.
    ((char *)block)[size - 1] = 1;
    block->next = *chain;
    *chain = block;
  }
  CHECK(errno == ENOMEM, "malloc(%zu) = NULL after %zu, errno %d", size, count, errno);
  return count;
}

static size_t free_all(struct link **chain) {
  size_t count = 0;
  while (*chain) {
    struct link *next = (*chain)->next;
    errno = 12345;
    free(*chain);
    CHECK(errno == 12345, "free set errno to %d", errno);
    *chain = next;
    count++;
  }
  return count;
}

/// Every function says no in its way to more than there can be, and leaves a block as it is.
static void refused(void *kept) {
  void *result = calloc(1, limit);
  CHECK(!result && errno == ENOMEM, "calloc of the limit = %p, errno %d", result, errno);
  result = memalign(64, limit);
  CHECK(!result && errno == ENOMEM, "memalign of the limit = %p, errno %d", result, errno);
  result = valloc(limit);
  CHECK(!result && errno == ENOMEM, "valloc of the limit = %p, errno %d", result, errno);
  result = realloc(kept, limit);
  CHECK(!result && errno == ENOMEM, "realloc to the limit = %p, errno %d", result, errno);
  result = &result;
  int error = posix_memalign(&result, 64, limit);
  CHECK(error == ENOMEM && result == &result, "posix_memalign of the limit = %d", error);
}

static void exhausted(size_t size, int kind) {
  struct link *chain = NULL;
  char *kept = malloc(100);
  CHECK(kept, "no 100 bytes after everything was freed");
  if (!kept) return;
  fill(kept, 100, 1);
  size_t count = exhaust(&chain, size, kind);
  // A third of the limit at least: the rest is the program, and what the allocator needs for itself.
  CHECK(count * size >= limit / 3, "only %zu blocks of %zu under a limit of %zu", count, size, limit);
  refused(kept);
  CHECK(intact(kept, 100, 1) == 100, "a block changed while memory ran out");
  size_t freed = free_all(&chain);
  CHECK(freed == count, "%zu blocks of %zu came back", freed, count);
  size_t again = exhaust(&chain, size, kind);
  CHECK(again >= count - count / 4, "%zu blocks of %zu at first, and only %zu when they were freed", count, size,
        again);
  free_all(&chain);
  free(kept);
}

static void *exhausted_in_a_thread(void *argument) {
  struct link *chain = NULL;
  for (unsigned turn = 0; turn < 4; turn++) {
    exhaust(&chain, (size_t)argument << 2 * turn, 0);
    free_all(&chain);
  }
  return NULL;
}

static int limited(void) {
  static const size_t sizes[] = {16, 100, 1000, 5000, 40000, 300000, 2 << 20, 10 << 20};
  for (unsigned round = 0; round < 2; round++)
    for (size_t index = 0; index < COUNT_OF(sizes); index++) {
      if (limit / sizes[index] > 5000000 || sizes[index] * 6 > limit) continue;
      exhausted(sizes[index], (int)(index + round) % 3);
    }
  // And from many small ones to few large ones.
  for (size_t index = COUNT_OF(sizes); index-- > 2;)
    if (sizes[index] * 6 <= limit) exhausted(sizes[index], 0);
  pthread_t threads[2];
  size_t started = 0;
  for (; started < COUNT_OF(threads); started++)
    if (pthread_create(&threads[started], NULL, exhausted_in_a_thread, (void *)(512 + started * 100))) break;
  for (size_t index = 0; index < started; index++) pthread_join(threads[index], NULL);
  void *block = malloc(MIB);
  CHECK(block, "no block of 1 MiB after threads that ran out of memory");
  free(block);
  return finish();
}

static void *nothing(void *argument) { return argument; }

/// A program limits itself while it runs: what else needs address space has as much of it as without the allocator.
static int limited_late(void) {
  struct rlimit bound = {limit, limit};
  void *early = malloc(1000);
  CHECK(setrlimit(RLIMIT_AS, &bound) == 0, "setrlimit: %s", strerror(errno));
  void *pages = mmap(NULL, limit / 4, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(pages != MAP_FAILED, "mmap of a quarter of the limit: %s", strerror(errno));
  if (pages != MAP_FAILED) munmap(pages, limit / 4);
  pthread_t thread;
  int error = pthread_create(&thread, NULL, nothing, NULL);
  CHECK(error == 0, "pthread_create: %s", strerror(error));
  if (error == 0) pthread_join(thread, NULL);
  void *library = dlopen("libm.so.6", RTLD_NOW);
  CHECK(library, "dlopen: %s", dlerror());
  for (size_t size = 1000; size <= limit / 4; size *= 4) {
    void *block = malloc(size);
    CHECK(block, "malloc(%zu): %s", size, strerror(errno));
    if (block) memset(block, 1, size);
    free(block);
  }
  free(early);
  return limited();
}

/// Under mlockall, what is mapped is resident: address space that is only kept must not be.
static int locked(void) {
  if (mlockall(limit == 1 ? MCL_FUTURE : MCL_CURRENT | MCL_FUTURE) != 0) {
    CHECK(errno == EPERM || errno == ENOMEM, "mlockall: %s", strerror(errno));
    say("mlockall is not permitted\n");
    return finish();
  }
  static char *blocks[3000];
  size_t total = 0;
  uint64_t random = 4;
  for (size_t index = 0; index < COUNT_OF(blocks); index++) {
    size_t size = random_size(&random, 300000);
    blocks[index] = malloc(size);
    CHECK(blocks[index], "malloc(%zu) of locked memory: %s", size, strerror(errno));
    if (!blocks[index]) break;
    memset(blocks[index], 1, size);
    total += size;
  }
  size_t resident = status_bytes("VmRSS:");
  CHECK(resident < total * 2 + 128 * MIB, "%zu bytes are resident of %zu in locked blocks", resident, total);
  for (size_t index = 0; index < COUNT_OF(blocks); index++) free(blocks[index]);
  void *block = calloc(1, 5 * MIB);
  CHECK(block && zero_until(block, 5 * MIB) == 5 * MIB, "calloc of locked memory = %p", block);
  free(block);
  return finish();
}

int main(int argument_count, char **arguments) {
  limit = (size_t)atoi(arguments[2]) * MIB;
  if (!strcmp(arguments[1], "late")) {
    announce();
    return limited_late();
  }
  bool locks = !strcmp(arguments[1], "locked");
  if (locks) limit = (size_t)atoi(arguments[2]);
  if (argument_count > 3) {
    announce();
    return locks ? locked() : limited();
  }
  struct rlimit bound = {limit, limit};
  if (!locks && setrlimit(!strcmp(arguments[1], "data") ? RLIMIT_DATA : RLIMIT_AS, &bound) != 0) {
    CHECK(false, "setrlimit: %s", strerror(errno));
    return finish();
  }
  char *const anew[] = {arguments[0], arguments[1], arguments[2], "limited", NULL};
  execv("/proc/self/exe", anew);
  CHECK(false, "execv: %s", strerror(errno));
  return finish();
}
