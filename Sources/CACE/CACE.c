// SPDX-License-Identifier: MIT
#include "CACE.h"

unsigned char ace_empty_heap[3 * ACE_EMPTY_HEAP_BYTE_COUNT] __attribute__((aligned(64)));
_Thread_local void *ace_thread_slot = ace_empty_heap;

uint64_t ace_resident_pages;

ace_lock ace_locks[ACE_LOCK_COUNT] = {
    PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER,
    PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER,
};

// Swift functions that C calls.
extern void ace_thread_ended(void *heap);
extern void ace_finish(void);
extern void ace_before_fork(void);
extern void ace_after_fork_in_parent(void);
extern void ace_after_fork_in_child(void);

static pthread_key_t thread_key;
static bool has_thread_key;

// One of the first keys of a program has its storage in the thread itself: setting it does not allocate.
void ace_thread_key_create(void) {
  if (!has_thread_key) has_thread_key = pthread_key_create(&thread_key, ace_thread_ended) == 0;
}
void ace_thread_key_set(void *heap) {
  if (has_thread_key) pthread_setspecific(thread_key, heap);
}

void *ace_thread_key_get(void) { return has_thread_key ? pthread_getspecific(thread_key) : NULL; }

// On a cache line's boundary, and with it the library's code as a whole, which begins with the hot functions (order.txt).
__attribute__((constructor, aligned(64))) static void begin(void) {
  ace_thread_key_create();
  __register_atfork(ace_before_fork, ace_after_fork_in_parent, ace_after_fork_in_child, NULL);
}
__attribute__((destructor)) static void finish(void) { ace_finish(); }
