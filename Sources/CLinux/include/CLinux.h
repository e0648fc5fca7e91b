// SPDX-License-Identifier: MIT
//
// Inline wrappers for the system calls, instructions and macros that Swift cannot call. One wrapper per call; each
// names the C function or instruction it stands for.
#pragma once

#include "CLinuxCounting.h"
#include "CLinuxSampling.h"
#include "CLinuxTracing.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <gnu/libc-version.h>
#include <linux/futex.h>
#include <linux/mempolicy.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <x86intrin.h>

#define LINUX_INLINE static inline __attribute__((always_inline))

/// `mmap` of private anonymous memory; NULL when refused. `extra_flags` are added to MAP_PRIVATE | MAP_ANONYMOUS.
LINUX_INLINE void *linux_map_anonymous(size_t byte_count, int extra_flags) {
  void *address = mmap(NULL, byte_count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | extra_flags, -1, 0);
  return address == MAP_FAILED ? NULL : address;
}

/// What `dladdr` fills in; the C library shows both only to GNU sources.
typedef struct {
  const char *file_name;
  void *base_address;
  const char *symbol_name;
  void *symbol_address;
} linux_address_information;
extern int dladdr(const void *address, linux_address_information *information);

/// `dladdr`: the path of the library that an address lies in; NULL when in none.
LINUX_INLINE const char *linux_library_of(const void *address) {
  linux_address_information information;
  return dladdr(address, &information) ? information.file_name : NULL;
}

/// `gnu_get_libc_version`.
LINUX_INLINE const char *linux_libc_version(void) { return gnu_get_libc_version(); }

/// The path of the C library in this process.
LINUX_INLINE const char *linux_libc_path(void) { return linux_library_of((const void *)gnu_get_libc_version); }

/// `mallinfo2`: bytes that the C library's malloc has handed out.
LINUX_INLINE size_t linux_libc_allocated_byte_count(void) {
  struct mallinfo2 information = mallinfo2();
  return information.uordblks + information.hblkhd;
}

/// `RDTSC`.
LINUX_INLINE uint64_t linux_timestamp_counter(void) { return __rdtsc(); }

/// `LFENCE; RDTSC; LFENCE`: earlier instructions are finished before it, later ones begin after it.
LINUX_INLINE uint64_t linux_timestamp_counter_ordered(void) {
  _mm_lfence();
  uint64_t stamp = __rdtsc();
  _mm_lfence();
  return stamp;
}

/// `PAUSE`.
LINUX_INLINE void linux_spin_pause(void) { _mm_pause(); }

/// `futex(FUTEX_WAIT_PRIVATE)`: sleeps while `*word == expected`.
LINUX_INLINE void linux_futex_wait(const uint32_t *word, uint32_t expected) {
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, NULL, NULL, 0);
}

/// `futex(FUTEX_WAKE_PRIVATE)` for all waiters.
LINUX_INLINE void linux_futex_wake_all(const uint32_t *word) {
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT32_MAX, NULL, NULL, 0);
}

/// `__atomic_load_n(…, __ATOMIC_ACQUIRE)`.
LINUX_INLINE uint64_t linux_load_acquire(const uint64_t *word) { return __atomic_load_n(word, __ATOMIC_ACQUIRE); }

/// `__atomic_store_n(…, __ATOMIC_RELEASE)`.
LINUX_INLINE void linux_store_release(uint64_t *word, uint64_t value) {
  __atomic_store_n(word, value, __ATOMIC_RELEASE);
}

/// `sched_setaffinity` of the calling thread to the processors whose bits are set; 0, or -1 with errno.
LINUX_INLINE int linux_set_affinity(const uint64_t *bits, size_t word_count) {
  return syscall(SYS_sched_setaffinity, 0, word_count * sizeof *bits, bits) < 0 ? -1 : 0;
}

/// `sched_getaffinity` of the calling thread; how many bytes of bits the kernel wrote, or -1 with errno.
LINUX_INLINE long linux_get_affinity(uint64_t *bits, size_t word_count) {
  return syscall(SYS_sched_getaffinity, 0, word_count * sizeof *bits, bits);
}

/// `set_mempolicy` of the calling thread to a mode and the nodes whose bits are set; 0, or -1 with errno.
LINUX_INLINE int linux_set_memory_policy(int mode, const uint64_t *nodes, size_t word_count) {
  // The kernel takes one bit less than it is told.
  return (int)syscall(SYS_set_mempolicy, mode, nodes, word_count == 0 ? 0 : word_count * 64 + 1);
}

/// `get_mempolicy` of the calling thread; 0, or -1 with errno.
LINUX_INLINE int linux_get_memory_policy(int *mode, uint64_t *nodes, size_t word_count) {
  return (int)syscall(SYS_get_mempolicy, mode, nodes, word_count * 64 + 1, NULL, 0);
}

/// `pipe2(O_CLOEXEC)`: the reading and the writing end; 0, or -1 with errno.
LINUX_INLINE int linux_pipe(int ends[2]) { return syscall(SYS_pipe2, ends, O_CLOEXEC) < 0 ? -1 : 0; }

/// `pidfd_open`: a descriptor that becomes readable when the process ends; -1 with errno where the kernel has none.
LINUX_INLINE int linux_open_process(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

/// `prctl(PR_SET_PDEATHSIG)`: a signal for this process when the thread that started it ends.
LINUX_INLINE int linux_set_parent_death_signal(int signal) { return prctl(PR_SET_PDEATHSIG, signal); }

/// `pthread_create` with a stack of a given size; 0 or an error number.
LINUX_INLINE int linux_start_thread(pthread_t *handle, size_t stack_byte_count, void *(*body)(void *), void *argument) {
  pthread_attr_t attributes;
  int result = pthread_attr_init(&attributes);
  if (result != 0) return result;
  result = pthread_attr_setstacksize(&attributes, stack_byte_count);
  if (result == 0) result = pthread_create(handle, &attributes, body, argument);
  pthread_attr_destroy(&attributes);
  return result;
}

/// What `dl_iterate_phdr` tells of an object; the C library shows it only to GNU sources.
typedef struct {
  uintptr_t base_address;
  const char *file_name;
  const Elf64_Phdr *segments;
  uint16_t segment_count;
} linux_loaded_object;
extern int dl_iterate_phdr(int (*visit)(linux_loaded_object *object, size_t byte_count, void *argument), void *argument);

/// Puts a copy of code in its place: `mmap`, `memcpy`, `mprotect` and `mremap`, the last of which exchanges the pages at
/// once, so that the code may be running. What is refused leaves the code where it was.
static inline bool linux_replace_code(uintptr_t address, size_t byte_count, int protection) {
  void *copy = linux_map_anonymous(byte_count, 0);
  if (copy == NULL) return false;
  memcpy(copy, (const void *)address, byte_count);
  const long may_move_to_fixed = 3;
  if (mprotect(copy, byte_count, protection) == 0 &&
      syscall(SYS_mremap, copy, byte_count, byte_count, may_move_to_fixed, address) == (long)address) {
    return true;
  }
  munmap(copy, byte_count);
  return false;
}

/// Replaces the readable code of one object, the kernel's own excepted; counts pages into `*(size_t *)page_count`.
static inline int linux_replace_object(linux_loaded_object *object, size_t byte_count, void *page_count) {
  (void)byte_count;
  if (object->base_address == getauxval(AT_SYSINFO_EHDR)) return 0;
  const uintptr_t page = (uintptr_t)getauxval(AT_PAGESZ);
  for (uint16_t index = 0; index < object->segment_count; index++) {
    const Elf64_Phdr *segment = &object->segments[index];
    if (segment->p_type != PT_LOAD || segment->p_flags != (PF_R | PF_X)) continue;
    const uintptr_t begin = (object->base_address + segment->p_vaddr) & ~(page - 1);
    const uintptr_t end = (object->base_address + segment->p_vaddr + segment->p_memsz + page - 1) & ~(page - 1);
    if (linux_replace_code(begin, end - begin, PROT_READ | PROT_EXEC)) *(size_t *)page_count += (end - begin) / page;
  }
  return 0;
}

/// Replaces the code of all loaded objects (`dl_iterate_phdr`); how many pages that were.
LINUX_INLINE size_t linux_replace_all_code(void) {
  size_t page_count = 0;
  dl_iterate_phdr(linux_replace_object, &page_count);
  return page_count;
}
