// SPDX-License-Identifier: MIT
//
// C++'s operators new beyond the hot path. Where there is no memory libstdc++'s own take over: they call the new-handler, and
// throw. An exception can pass the frames of C functions; Embedded Swift's have no tables for that.
#include "CACE.h"

extern void *ace_allocate_slowly(size_t);
extern void *ace_allocate_aligned(size_t, size_t);

/// The next library's function of a name. A program that calls operators without a C++ library has nobody to throw.
static void *next_operator(const char *name) {
  void *function = dlsym(RTLD_NEXT, name);
  if (function == NULL) abort();
  return function;
}

void *ace_new_slowly(size_t byte_count) {
  void *block = ace_allocate_slowly(byte_count);
  if (block != NULL) return block;
  return ((void *(*)(size_t))next_operator("_Znwm"))(byte_count);
}

void *ace_new_quiet_slowly(size_t byte_count, const void *tag) {
  void *block = ace_allocate_slowly(byte_count);
  if (block != NULL) return block;
  return ((void *(*)(size_t, const void *))next_operator("_ZnwmRKSt9nothrow_t"))(byte_count, tag);
}

void *ace_new_aligned(size_t byte_count, size_t alignment) {
  void *block = ace_allocate_aligned(byte_count, alignment);
  if (block != NULL) return block;
  return ((void *(*)(size_t, size_t))next_operator("_ZnwmSt11align_val_t"))(byte_count, alignment);
}

void *ace_new_aligned_quiet(size_t byte_count, size_t alignment, const void *tag) {
  void *block = ace_allocate_aligned(byte_count, alignment);
  if (block != NULL) return block;
  return ((void *(*)(size_t, size_t, const void *))next_operator("_ZnwmSt11align_val_tRKSt9nothrow_t"))(
      byte_count, alignment, tag);
}
