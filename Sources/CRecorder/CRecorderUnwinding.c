// SPDX-License-Identifier: MIT
//
// libunwind, opened while the program runs: one that is not there shall not keep the program from starting.
#define _GNU_SOURCE
#include "CRecorder.h"

#if defined(__x86_64__)
#define LOCAL_NAME(name) "_ULx86_64_" name
#elif defined(__aarch64__)
#define LOCAL_NAME(name) "_ULaarch64_" name
#else
#define LOCAL_NAME(name) "_UL_" name
#endif

// UNW_CACHE_NONE of libunwind.h.
enum { no_cache = 0 };

static int (*backtrace_function)(void **, int);

int recorder_open_unwinder(const char *name) {
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!library) return 0;
  backtrace_function = (int (*)(void **, int))dlsym(library, "unw_backtrace");
  int (*set_policy)(void *, int) = (int (*)(void *, int))dlsym(library, LOCAL_NAME("set_caching_policy"));
  void **space = (void **)dlsym(library, LOCAL_NAME("local_addr_space"));
  // Without the cache of all threads there is no lock that is held while the loader's is waited for: a program that
  // allocates while it goes through its libraries would wait for it in turn. Each thread's own cache stays.
  if (set_policy && space) set_policy(*space, no_cache);
  return backtrace_function != NULL;
}

int recorder_unwind(uintptr_t *addresses, int capacity) { return backtrace_function((void **)addresses, capacity); }

static int count_loads(struct dl_phdr_info *info, size_t size, void *result) {
  struct recorder_load_counts *counts = result;
  if (size < offsetof(struct dl_phdr_info, dlpi_tls_modid)) return 1;
  counts->loaded = info->dlpi_adds;
  counts->unloaded = info->dlpi_subs;
  return 1;
}

struct recorder_load_counts recorder_count_loads(void) {
  struct recorder_load_counts counts = {0, 0};
  dl_iterate_phdr(count_loads, &counts);
  return counts;
}
