// SPDX-License-Identifier: MIT
//
// What ACE needs of C: the thread's slot, atomic operations on memory that Swift lays out itself, locks, and the calls and
// macros that Swift cannot reach. ace.h, the interface for programs, is beside it.
#pragma once

#include "ace.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define ACE_HIDDEN __attribute__((visibility("hidden")))
#define ACE_INLINE static inline __attribute__((always_inline))

// MARK: The thread's slot

// The one thread-local of the library: initial-exec, so that reading it is one instruction and never allocates. It holds the
// address of a Heap, or that of `ace_empty_heap`, all of whose lists are empty: a thread that has no heap yet takes the slow
// path without a test on the fast one. ACE_EMPTY_HEAP_BYTE_COUNT covers the part of a Heap that the fast paths read.
#define ACE_EMPTY_HEAP_BYTE_COUNT 1056
extern _Thread_local void *_Nonnull ace_thread_slot __attribute__((tls_model("initial-exec"))) ACE_HIDDEN;
// There are three: the second is for threads that have been told to end, and may allocate in what is left of their destructors;
// the third for threads whose heap ACE's worker is looking after while they sleep.
extern unsigned char ace_empty_heap[3 * ACE_EMPTY_HEAP_BYTE_COUNT] ACE_HIDDEN;

ACE_INLINE void *_Nonnull ace_slot_get(void) { return ace_thread_slot; }
ACE_INLINE void ace_slot_set(void *_Nonnull heap) { ace_thread_slot = heap; }
/// What the slot of an ending thread holds.
ACE_INLINE void *_Nonnull ace_slot_ended(void) { return ace_empty_heap + ACE_EMPTY_HEAP_BYTE_COUNT; }
/// What the slot of a sleeping thread holds while its heap is looked after.
ACE_INLINE void *_Nonnull ace_slot_paused(void) { return ace_empty_heap + 2 * ACE_EMPTY_HEAP_BYTE_COUNT; }
/// Where the calling thread's slot is.
ACE_INLINE void *_Nonnull ace_slot_address(void) { return &ace_thread_slot; }
/// Whether what a slot holds is no heap.
ACE_INLINE bool ace_slot_is_empty(const void *_Nonnull heap) {
  return (uintptr_t)heap - (uintptr_t)ace_empty_heap < sizeof ace_empty_heap;
}

// MARK: Atomic operations

ACE_INLINE uint64_t ace_load(const void *_Nonnull word) { return __atomic_load_n((const uint64_t *)word, __ATOMIC_RELAXED); }
ACE_INLINE uint64_t ace_load_acquire(const void *_Nonnull word) {
  return __atomic_load_n((const uint64_t *)word, __ATOMIC_ACQUIRE);
}
ACE_INLINE void ace_store(void *_Nonnull word, uint64_t value) {
  __atomic_store_n((uint64_t *)word, value, __ATOMIC_RELAXED);
}
ACE_INLINE void ace_store_release(void *_Nonnull word, uint64_t value) {
  __atomic_store_n((uint64_t *)word, value, __ATOMIC_RELEASE);
}
ACE_INLINE uint64_t ace_exchange(void *_Nonnull word, uint64_t value) {
  return __atomic_exchange_n((uint64_t *)word, value, __ATOMIC_ACQ_REL);
}
/// Whether `*word` was `expected` and is now `desired`.
ACE_INLINE bool ace_compare_exchange(void *_Nonnull word, uint64_t expected, uint64_t desired) {
  return __atomic_compare_exchange_n((uint64_t *)word, &expected, desired, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}
ACE_INLINE void ace_add(void *_Nonnull word, uint64_t value) {
  __atomic_fetch_add((uint64_t *)word, value, __ATOMIC_RELAXED);
}

/// Pages of slabs that may be resident: all threads add to it and take from it.
extern uint64_t ace_resident_pages ACE_HIDDEN;
ACE_INLINE void ace_add_resident_pages(int64_t count) {
  __atomic_fetch_add(&ace_resident_pages, (uint64_t)count, __ATOMIC_RELAXED);
}

ACE_INLINE uint64_t ace_resident_page_count(void) { return __atomic_load_n(&ace_resident_pages, __ATOMIC_RELAXED); }

/// Sets bits; what the word was before.
ACE_INLINE uint64_t ace_set_bits(void *_Nonnull word, uint64_t bits) {
  return __atomic_fetch_or((uint64_t *)word, bits, __ATOMIC_ACQ_REL);
}
/// Clears bits; what the word was before.
ACE_INLINE uint64_t ace_clear_bits(void *_Nonnull word, uint64_t bits) {
  return __atomic_fetch_and((uint64_t *)word, ~bits, __ATOMIC_ACQ_REL);
}

// MARK: Locks

typedef pthread_mutex_t ace_lock;
ACE_INLINE void ace_lock_take(ace_lock *_Nonnull lock) { pthread_mutex_lock(lock); }
ACE_INLINE bool ace_lock_try(ace_lock *_Nonnull lock) { return pthread_mutex_trylock(lock) == 0; }
ACE_INLINE void ace_lock_give(ace_lock *_Nonnull lock) { pthread_mutex_unlock(lock); }
/// Makes a lock free in a forked child, which has no other thread that could hold it.
ACE_INLINE void ace_lock_reset(ace_lock *_Nonnull lock) { pthread_mutex_init(lock, NULL); }

// One lock for each part of ACE that threads share, in the order in which they may be taken.
enum ace_lock_index {
  ACE_LOCK_ENGINE,
  ACE_LOCK_HEAPS,
  ACE_LOCK_SUPERSLABS,
  ACE_LOCK_LARGE,
  ACE_LOCK_HUGE,
  ACE_LOCK_SPAN,
  ACE_LOCK_QUARANTINE,
  ACE_LOCK_COUNT
};
extern ace_lock ace_locks[ACE_LOCK_COUNT] ACE_HIDDEN;
ACE_INLINE void ace_take(enum ace_lock_index index) { ace_lock_take(&ace_locks[index]); }
ACE_INLINE bool ace_try(enum ace_lock_index index) { return ace_lock_try(&ace_locks[index]); }
ACE_INLINE void ace_give(enum ace_lock_index index) { ace_lock_give(&ace_locks[index]); }
ACE_INLINE void ace_reset(enum ace_lock_index index) { ace_lock_reset(&ace_locks[index]); }

// MARK: Memory

/// `mmap` of private anonymous memory, at a hint; NULL when refused.
ACE_INLINE void *_Nullable ace_map(void *_Nullable hint, size_t byte_count, int protection, int extra_flags) {
  void *address = mmap(hint, byte_count, protection, MAP_PRIVATE | MAP_ANONYMOUS | extra_flags, -1, 0);
  return address == MAP_FAILED ? NULL : address;
}
/// Linux 4.17: `mmap` at an address, unless something is mapped there.
enum { ACE_MAP_FIXED_NOREPLACE = 0x100000 };
/// `mremap` that may move the mapping; NULL when refused.
ACE_INLINE void *_Nullable ace_remap(void *_Nonnull address, size_t old_byte_count, size_t new_byte_count) {
  extern void *mremap(void *, size_t, size_t, int, ...);
  void *moved = mremap(address, old_byte_count, new_byte_count, 1 /* MREMAP_MAYMOVE */);
  return moved == MAP_FAILED ? NULL : moved;
}
/// `mremap` that moves pages onto another mapping and leaves the old one in place, empty (Linux 5.7); whether it did.
ACE_INLINE bool ace_move_pages(void *_Nonnull from, void *_Nonnull to, size_t byte_count) {
  extern void *mremap(void *, size_t, size_t, int, ...);
  int flags = 1 | 2 | 4;  // MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP
  return mremap(from, byte_count, byte_count, flags, to) != MAP_FAILED;
}
/// `madvise(MADV_DONTNEED)`.
ACE_INLINE bool ace_purge(void *_Nonnull address, size_t byte_count) {
  return madvise(address, byte_count, 4 /* MADV_DONTNEED */) == 0;
}
/// `madvise(MADV_HUGEPAGE)`.
ACE_INLINE void ace_advise_huge_pages(void *_Nonnull address, size_t byte_count) {
  madvise(address, byte_count, 14 /* MADV_HUGEPAGE */);
}
/// `process_vm_readv` of this very process: copies memory that may not be readable; whether it was.
ACE_INLINE bool ace_copy_if_readable(void *_Nonnull to, const void *_Nonnull from, size_t byte_count) {
  struct { const void *start; size_t byte_count; } local = {to, byte_count}, remote = {from, byte_count};
  return syscall(SYS_process_vm_readv, getpid(), &local, 1L, &remote, 1L, 0L) == (long)byte_count;
}

// MARK: errno, time, output

ACE_INLINE void ace_set_errno(int error) { errno = error; }
ACE_INLINE int ace_get_errno(void) { return errno; }
/// `clock_gettime(CLOCK_MONOTONIC_COARSE)` in milliseconds: a few nanoseconds, right to a tick of the kernel.
ACE_INLINE uint64_t ace_coarse_milliseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
  return (uint64_t)time.tv_sec * 1000u + (uint64_t)time.tv_nsec / 1000000u;
}
ACE_INLINE int ace_open_for_reading(const char *_Nonnull path) { return open(path, O_RDONLY | O_CLOEXEC); }
/// The environment as the C library has it; NULL before it has one.
ACE_INLINE char *_Nullable *_Nullable ace_environment(void) {
  extern char **environ;
  return environ;
}
/// A `struct mallinfo2` of zeros: in Swift its name is that of the function.
ACE_INLINE struct mallinfo2 ace_empty_mallinfo2(void) { return (struct mallinfo2){0}; }
/// A `struct mallinfo` of zeros.
ACE_INLINE struct mallinfo ace_empty_mallinfo(void) { return (struct mallinfo){0}; }
/// `fwrite` to a stream that a program gave to malloc_info.
ACE_INLINE void ace_write_to_stream(void *_Nonnull stream, const void *_Nonnull text, size_t byte_count) {
  fwrite(text, 1, byte_count, (FILE *)stream);
}

// MARK: Hooks

/// glibc's pthread_atfork without the object file that it comes with.
extern int __register_atfork(
    void (*_Nullable)(void), void (*_Nullable)(void), void (*_Nullable)(void), void *_Nullable);
/// The end of the main thread's stack.
extern void *_Nonnull __libc_stack_end;
// Operators.c
void *_Nullable ace_new_slowly(size_t) ACE_HIDDEN;
void *_Nullable ace_new_quiet_slowly(size_t, const void *_Nullable) ACE_HIDDEN;

// MARK: Worker.c

/// Starts ACE's thread, which runs `ace_run_worker` with all signals blocked; whether it could.
bool ace_start_worker(void) ACE_HIDDEN;
/// Sleeps for some milliseconds, or until `ace_wake_worker` is called.
void ace_worker_sleep(uint64_t milliseconds) ACE_HIDDEN;
void ace_wake_worker(void) ACE_HIDDEN;
/// Registers the process for `ace_reach_all_threads`; whether the kernel has it.
bool ace_register_barrier(void) ACE_HIDDEN;
/// Returns when every thread of the process has passed a full memory barrier since the call (membarrier, Linux 4.14); whether.
bool ace_reach_all_threads(void) ACE_HIDDEN;
/// Gives the calling thread a table of open files of its own, an empty one (close_range, Linux 5.9): what it opens is seen by
/// nobody, and never gets a number that the program is about to use; whether the kernel can.
bool ace_leave_files(void) ACE_HIDDEN;
/// Whether the files under /proc name threads by the numbers that they have here. In a namespace of processes that sees the
/// /proc of another they do not.
bool ace_threads_are_listed(void) ACE_HIDDEN;
/// Whether a thread of this process sleeps in a system call that waits for something outside of ACE, and is not in a signal
/// handler as far as its mask tells: `mask` is what it blocks otherwise. Not for where threads are not listed.
bool ace_is_asleep(int32_t thread, uint64_t mask) ACE_HIDDEN;
/// Whether a seccomp filter is in force.
bool ace_is_confined(void) ACE_HIDDEN;
/// The calling thread's number.
ACE_INLINE int32_t ace_thread_identifier(void) { return (int32_t)syscall(SYS_gettid); }
/// The signals that the calling thread blocks, as the kernel has them.
uint64_t ace_signal_mask(void) ACE_HIDDEN;

/// Makes the key whose destructor tells ACE that a thread ends, if there is none yet.
void ace_thread_key_create(void) ACE_HIDDEN;
/// Asks for a call of `ace_thread_ended` with this heap when the thread ends.
void ace_thread_key_set(void *_Nullable heap) ACE_HIDDEN;
/// The heap that was set; NULL when there is none.
void *_Nullable ace_thread_key_get(void) ACE_HIDDEN;
