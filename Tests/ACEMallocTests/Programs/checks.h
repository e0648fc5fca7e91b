// SPDX-License-Identifier: MIT
//
// checks.h: what the programs of this folder check with. A check that fails prints a line and lets the program go on;
// `finish` ends it with status 1 then. Nothing here allocates, so that a broken allocator still gets its line.
#pragma once

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KIB ((size_t)1 << 10)
#define MIB ((size_t)1 << 20)
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static unsigned failure_count;

/// Prints a line for a check that failed, the first times that it does: one fault can fail a check a million times.
/// `count` is the check's own.
__attribute__((format(printf, 4, 5))) static void fail(
    unsigned *count, const char *file, int line, const char *format, ...) {
  __atomic_fetch_add(&failure_count, 1, __ATOMIC_RELAXED);
  if (__atomic_fetch_add(count, 1, __ATOMIC_RELAXED) >= 3) return;
  char text[512];
  const char *slash = strrchr(file, '/');
  int length = snprintf(text, sizeof text, "FAIL %s:%d ", slash ? slash + 1 : file, line);
  va_list arguments;
  va_start(arguments, format);
  length += vsnprintf(text + length, sizeof text - (size_t)length - 1, format, arguments);
  va_end(arguments);
  if (length > (int)sizeof text - 2) length = (int)sizeof text - 2;
  text[length++] = '\n';
  if (write(STDOUT_FILENO, text, (size_t)length) < 0) _exit(3);
}

/// Checks a condition; the other arguments are a format and its values, and say what was found.
#define CHECK(condition, ...)                                               \
  do {                                                                      \
    static unsigned count_here;                                             \
    if (!(condition)) fail(&count_here, __FILE__, __LINE__, __VA_ARGS__);    \
  } while (0)

static void say(const char *text) {
  if (write(STDOUT_FILENO, text, strlen(text)) < 0) _exit(3);
}

/// The status that the program is to end with, after its last line.
static int finish(void) {
  char text[64];
  if (failure_count == 0) {
    say("done\n");
    return 0;
  }
  snprintf(text, sizeof text, "%u checks failed\n", failure_count);
  say(text);
  return 1;
}

/// The file name of the library that a function of this process is in.
static const char *library_of(const char *function) {
  Dl_info place;
  void *address = dlsym(RTLD_DEFAULT, function);
  if (!address || !dladdr(address, &place) || !place.dli_fname) return "nothing";
  const char *slash = strrchr(place.dli_fname, '/');
  return slash ? slash + 1 : place.dli_fname;
}

/// Says which library serves malloc, as the first line of a program: a test that measures the wrong one must not pass.
static void announce(void) {
  char text[256];
  snprintf(text, sizeof text, "malloc is of %s\n", library_of("malloc"));
  say(text);
}

/// Whether ACE serves this process; some checks hold for it that the C library does not stand.
static bool is_ace(void) { return dlsym(RTLD_DEFAULT, "ace_get_statistics") != NULL; }

/// The next number of a sequence (splitmix64).
static uint64_t next_random(uint64_t *state) {
  uint64_t mixed = (*state += 0x9e3779b97f4a7c15u);
  mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
  mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
  return mixed ^ mixed >> 31;
}

/// A size whose logarithm is spread evenly, from 1 to the limit.
static size_t random_size(uint64_t *state, size_t limit) {
  unsigned bits = 64 - (unsigned)__builtin_clzll(limit);
  size_t top = (size_t)1 << next_random(state) % bits;
  size_t size = top + next_random(state) % top;
  return size > limit ? limit : size;
}

/// The seed of what is written into a block: no two live blocks have the same.
static uint64_t seed_of(const void *block, size_t size) { return (uint64_t)(uintptr_t)block * 31 + size; }

static uint64_t pattern_word(uint64_t seed, size_t index) {
  return (seed + index) * 0x9e3779b97f4a7c15u ^ seed >> 7;
}

/// Writes all of a block. (Eight bytes of memcpy are one instruction only by that name, as builtins are off.)
static void fill(void *block, size_t size, uint64_t seed) {
  unsigned char *bytes = (unsigned char *)block;
  size_t index = 0;
  for (; (index + 1) * 8 <= size; index++) {
    uint64_t word = pattern_word(seed, index);
    __builtin_memcpy(bytes + index * 8, &word, 8);
  }
  uint64_t word = pattern_word(seed, index);
  memcpy(bytes + index * 8, &word, size - index * 8);
}

/// The offset of the first byte that is not as `fill` wrote it; the size when all are. A part of what was filled can be
/// looked at, from its beginning.
static size_t intact(const void *block, size_t size, uint64_t seed) {
  const unsigned char *bytes = (const unsigned char *)block;
  size_t index = 0;
  uint64_t word;
  for (; (index + 1) * 8 <= size; index++) {
    __builtin_memcpy(&word, bytes + index * 8, 8);
    if (word != pattern_word(seed, index)) break;
  }
  word = pattern_word(seed, index);
  for (size_t offset = index * 8; offset < size && offset < index * 8 + 8; offset++)
    if (bytes[offset] != ((unsigned char *)&word)[offset % 8]) return offset;
  return size;
}

/// The offset of the first byte that is not zero; the size when all are.
static size_t zero_until(const void *block, size_t size) {
  const unsigned char *bytes = (const unsigned char *)block;
  size_t offset = 0;
  uint64_t word;
  for (; offset + 8 <= size; offset += 8) {
    __builtin_memcpy(&word, bytes + offset, 8);
    if (word != 0) break;
  }
  while (offset < size && bytes[offset] == 0) offset++;
  return offset;
}

/// A field of /proc/self/status that counts KiB, such as "VmRSS:", in bytes. Read without the C library's streams,
/// whose buffers are blocks.
static size_t status_bytes(const char *field) {
  char text[8192];
  int file = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  text[length < 0 ? 0 : length] = 0;
  const char *found = strstr(text, field);
  return found ? strtoull(found + strlen(field), NULL, 10) << 10 : 0;
}
