// SPDX-License-Identifier: MIT
//
// Inline wrappers for the system calls that take samples of what processors do: perf_event_open(2).
#pragma once

#include <linux/perf_event.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/// `perf_event_open` on one processor, for a process or, when that is 0, for the calling thread: a descriptor, or -1 with errno.
static inline int linux_open_sampling(struct perf_event_attr *attributes, pid_t process, int processor) {
  return (int)syscall(SYS_perf_event_open, attributes, process, processor, -1, PERF_FLAG_FD_CLOEXEC);
}

/// `ioctl(PERF_EVENT_IOC_ENABLE)`; 0, or -1 with errno.
static inline int linux_enable_sampling(int descriptor) { return ioctl(descriptor, PERF_EVENT_IOC_ENABLE, 0); }

/// `ioctl(PERF_EVENT_IOC_DISABLE)`, in all that inherited the event; 0, or -1 with errno.
static inline int linux_disable_sampling(int descriptor) { return ioctl(descriptor, PERF_EVENT_IOC_DISABLE, 0); }

/// `mmap` of an event's ring: a page about it, then the records; NULL with errno when refused.
static inline struct perf_event_mmap_page *linux_map_ring(int descriptor, size_t byte_count) {
  void *address = mmap(NULL, byte_count, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  return address == MAP_FAILED ? NULL : (struct perf_event_mmap_page *)address;
}

/// How far the kernel has written a ring: an acquiring load, before the records are read.
static inline uint64_t linux_ring_head(const struct perf_event_mmap_page *page) {
  return __atomic_load_n(&page->data_head, __ATOMIC_ACQUIRE);
}

/// How far a ring has been read: a releasing store, after which the kernel may write there.
static inline void linux_set_ring_tail(struct perf_event_mmap_page *page, uint64_t tail) {
  __atomic_store_n(&page->data_tail, tail, __ATOMIC_RELEASE);
}
