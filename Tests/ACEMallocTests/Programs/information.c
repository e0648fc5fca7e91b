// SPDX-License-Identifier: MIT
//
// information.c: mallopt, malloc_trim, mallinfo, mallinfo2, malloc_stats and malloc_info are of the library that serves
// malloc, and their numbers follow what the program does.
#include "checks.h"

/// The bytes in use by mallinfo2: of the arenas, and of mappings of their own.
static size_t used(void) {
  struct mallinfo2 information = mallinfo2();
  return information.uordblks + information.hblkhd;
}

static void of_one_library(void) {
  static const char *const names[] = {
      "malloc",      "free",         "calloc",      "realloc",           "reallocarray", "posix_memalign",
      "memalign",    "valloc",       "pvalloc",     "aligned_alloc",     "mallopt",      "mallinfo",
      "mallinfo2",   "malloc_trim",  "malloc_info", "malloc_usable_size", "malloc_stats"};
  for (size_t index = 0; index < COUNT_OF(names); index++)
    CHECK(!strcmp(library_of(names[index]), library_of("malloc")), "%s is of %s", names[index],
          library_of(names[index]));
}

static void numbers(void) {
  enum { small_count = 20000, small_size = 1008, large_count = 40 };
  static void *small[small_count], *large[large_count];
  size_t before = used();
  struct mallinfo old_before = mallinfo();
  for (size_t index = 0; index < small_count; index++) memset(small[index] = malloc(small_size), 1, small_size);
  size_t expected = (size_t)small_count * small_size, grown = used() - before;
  CHECK(grown > expected / 10 * 9 && grown < expected / 10 * 13, "%zu bytes in small blocks, mallinfo2 grew by %zu",
        expected, grown);
  for (size_t index = 0; index < large_count; index++) large[index] = malloc(MIB + index * 8192);
  for (size_t index = 0; index < large_count; index++) expected += MIB + index * 8192;
  grown = used() - before;
  CHECK(grown > expected / 10 * 9 && grown < expected / 10 * 13, "%zu bytes in blocks, mallinfo2 grew by %zu", expected,
        grown);
  struct mallinfo2 now = mallinfo2();
  CHECK(now.arena + now.hblkhd >= now.uordblks, "arena %zu and hblkhd %zu hold uordblks %zu", now.arena, now.hblkhd,
        now.uordblks);
  struct mallinfo old = mallinfo();
  size_t old_grown = (size_t)(old.uordblks + old.hblkhd) - (size_t)(old_before.uordblks + old_before.hblkhd);
  CHECK(old_grown > expected / 10 * 9 && old_grown < expected / 10 * 13, "%zu bytes in blocks, mallinfo grew by %zu",
        expected, old_grown);
  for (size_t index = 0; index < small_count; index++) free(small[index]);
  for (size_t index = 0; index < large_count; index++) free(large[index]);
  size_t left = used() - before;
  CHECK((ptrdiff_t)left < (ptrdiff_t)(expected / 10), "all %zu bytes freed, mallinfo2 tells %zu more than before",
        expected, left);
}

static void trimming(void) {
  static void *blocks[100000];
  size_t before = status_bytes("VmRSS:");
  for (size_t index = 0; index < COUNT_OF(blocks); index++) memset(blocks[index] = malloc(1500), 1, 1500);
  void *kept = blocks[0];
  fill(kept, 1500, 1);
  size_t high = status_bytes("VmRSS:");
  CHECK(high - before > 100 * MIB, "150 MB were written, VmRSS grew by %zu", high - before);
  for (size_t index = 1; index < COUNT_OF(blocks); index++) free(blocks[index]);
  int result = malloc_trim(0);
  CHECK(result == 0 || result == 1, "malloc_trim(0) = %d", result);
  size_t low = status_bytes("VmRSS:");
  CHECK((ptrdiff_t)(low - before) < (ptrdiff_t)(40 * MIB), "after malloc_trim VmRSS is %zu above the start's",
        low - before);
  CHECK(intact(kept, 1500, 1) == 1500, "malloc_trim changed a live block");
  free(kept);
  result = malloc_trim(1 << 20);
  CHECK(result == 0 || result == 1, "malloc_trim(1 MiB) = %d", result);
  for (size_t index = 0; index < 10000; index++) fill(blocks[index] = malloc(index % 3000), index % 3000, index);
  malloc_trim(0);
  for (size_t index = 0; index < 10000; index++) {
    CHECK(intact(blocks[index], index % 3000, index) == index % 3000, "malloc_trim changed a live block");
    free(blocks[index]);
  }
}

static void options(void) {
  char *block = malloc(300);
  fill(block, 300, 2);
  CHECK(mallopt(M_MMAP_THRESHOLD, 1 << 20) == 1, "M_MMAP_THRESHOLD is refused");
  CHECK(mallopt(M_TRIM_THRESHOLD, 1 << 20) == 1, "M_TRIM_THRESHOLD is refused");
  CHECK(mallopt(M_TOP_PAD, 1 << 16) == 1, "M_TOP_PAD is refused");
  CHECK(mallopt(M_MMAP_MAX, 1000) == 1, "M_MMAP_MAX is refused");
  CHECK(mallopt(M_ARENA_MAX, 2) == 1, "M_ARENA_MAX is refused");
  CHECK(mallopt(M_MXFAST, 64) == 1, "M_MXFAST is refused");
  mallopt(-12345, 1);
  CHECK(intact(block, 300, 2) == 300, "mallopt changed a live block");
  free(block);
}

/// Standard error is a file for the while of a call, and what came there is returned.
static size_t stats_text(char *text, size_t limit) {
  FILE *file = tmpfile();
  int kept = dup(STDERR_FILENO);
  dup2(fileno(file), STDERR_FILENO);
  malloc_stats();
  fflush(stderr);
  dup2(kept, STDERR_FILENO);
  close(kept);
  ssize_t length = pread(fileno(file), text, limit - 1, 0);
  fclose(file);
  text[length < 0 ? 0 : length] = 0;
  return strlen(text);
}

static void texts(void) {
  static char text[1 << 16];
  void *block = malloc(5000);
  size_t length = stats_text(text, sizeof text);
  CHECK(length > 0 && strpbrk(text, "123456789"), "malloc_stats wrote %zu bytes: %.60s", length, text);
  char *document = NULL;
  FILE *stream = open_memstream(&document, &length);
  int result = malloc_info(0, stream);
  fclose(stream);
  CHECK(result == 0, "malloc_info(0) = %d", result);
  CHECK(length > 20 && !strncmp(document, "<malloc", 7), "malloc_info begins with %.30s", document);
  CHECK(length > 20 && strstr(document + length - 12, "</malloc>"), "malloc_info ends with %s",
        document + (length > 12 ? length - 12 : 0));
  CHECK(strpbrk(document, "123456789"), "malloc_info tells no number: %.60s", document);
  size_t opened = 0, closed = 0;
  for (const char *next = document; (next = strchr(next, '<')); next++) next[1] == '/' ? closed++ : opened++;
  for (const char *next = document; (next = strstr(next, "/>")); next++) closed++;
  CHECK(opened == closed, "malloc_info opens %zu elements and closes %zu", opened, closed);
  free(document);
  result = malloc_info(1, stdout);
  CHECK(result == EINVAL, "malloc_info(1) = %d", result);
  free(block);
}

int main(void) {
  announce();
  of_one_library();
  numbers();
  trimming();
  options();
  texts();
  // What was turned leaves a malloc that works.
  for (size_t size = 1; size < 3 * MIB; size = size * 2 + 1) {
    char *block = malloc(size);
    CHECK(block, "malloc(%zu): %s", size, strerror(errno));
    memset(block, 1, size);
    free(block);
  }
  return finish();
}
