// SPDX-License-Identifier: MIT
//
// dlopen.c: libraries come and go, with constructors, thread-locals and calls of malloc in them. The first argument is
// the library of plugin.c.
#include "checks.h"

static const char *plugin;
static bool stop;

static void once(const char *name, bool needed) {
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  CHECK(library || !needed, "%s", dlerror());
  if (!library) return;
  // The family by name: from anywhere, the same functions.
  void *(*by_default)(size_t) = dlsym(RTLD_DEFAULT, "malloc");
  void (*free_by_default)(void *) = dlsym(RTLD_DEFAULT, "free");
  void *(*calloc_by_default)(size_t, size_t) = dlsym(RTLD_DEFAULT, "calloc");
  CHECK(by_default && free_by_default && calloc_by_default, "dlsym finds no malloc");
  void *block = by_default(1000);
  free(block);
  free_by_default(malloc(2000));
  block = calloc_by_default(10, 10);
  block = realloc(block, 5000);
  CHECK(block && zero_until(block, 100) == 100, "calloc by name, realloc");
  free_by_default(block);
  dlclose(library);
}

/// One opening of the plugin: its blocks are freed here, ours there, and some outlive it.
static void *plugged(void) {
  void *library = dlopen(plugin, RTLD_NOW | RTLD_LOCAL);
  CHECK(library, "%s", dlerror());
  if (!library) return NULL;
  void *(*make)(size_t) = dlsym(library, "plugin_make");
  void (*destroy)(void *) = dlsym(library, "plugin_destroy");
  unsigned long (*count)(void) = dlsym(library, "plugin_count");
  CHECK(make && destroy && count, "%s", dlerror());
  for (size_t size = 1; size < 200000; size = size * 3 + 1) {
    void *block = make(size);
    CHECK(intact(block, size, size) == size, "a plugin's block of %zu", size);
    free(block);
    destroy(malloc(size));
    CHECK(count() > 0, "a plugin's thread-local lost its value");
  }
  void *outlives = make(700);
  dlclose(library);
  CHECK(intact(outlives, 700, 700) == 700, "a block changed when its library was closed");
  return outlives;
}

static void *in_a_thread(void *argument) {
  while (!__atomic_load_n(&stop, __ATOMIC_ACQUIRE)) {
    free(plugged());
    for (size_t size = 1; size < 3000; size += 7) free(memset(malloc(size), 1, size));
  }
  return argument;
}

int main(int argument_count, char **arguments) {
  announce();
  plugin = argument_count > 1 ? arguments[1] : "plugin.so";
  static const char *const names[] = {"libm.so.6", "libz.so.1", "libsqlite3.so.0", "libresolv.so.2", "libzstd.so.1",
                                      "libstdc++.so.6"};
  for (unsigned turn = 0; turn < 100; turn++)
    for (size_t index = 0; index < COUNT_OF(names); index++) once(names[index], index == 0);
  void *blocks[100];
  for (unsigned turn = 0; turn < COUNT_OF(blocks); turn++) blocks[turn] = plugged();
  for (unsigned turn = 0; turn < COUNT_OF(blocks); turn++) free(blocks[turn]);
  CHECK(!dlopen("/nowhere/no-library.so", RTLD_NOW) && dlerror(), "a missing library opens");
  pthread_t threads[4];
  for (size_t index = 0; index < COUNT_OF(threads); index++) pthread_create(&threads[index], NULL, in_a_thread, NULL);
  for (unsigned turn = 0; turn < 100; turn++) once(names[turn % COUNT_OF(names)], false);
  for (unsigned turn = 0; turn < 100; turn++) free(plugged());
  __atomic_store_n(&stop, true, __ATOMIC_RELEASE);
  for (size_t index = 0; index < COUNT_OF(threads); index++) pthread_join(threads[index], NULL);
  return finish();
}
