// SPDX-License-Identifier: MIT
//
// Inline wrappers for the system calls that count: performance events and BPF. Functions that the C library has none for
// return what the kernel does, with the error number negated.
#pragma once

#include <errno.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LINUX_COUNTING static inline __attribute__((always_inline))

/// `perf_event_open` of a counter for the calling thread and all that it starts from then on, threads and processes. It stands
/// still until it is enabled, by `linux_mark_span` or, with `from_exec`, in a process as that calls `exec`.
/// Returns a descriptor, from which value, time enabled and time running are read, or a negated error number.
LINUX_COUNTING int linux_open_counter(uint32_t type, uint64_t config, bool user_only, bool from_exec) {
  struct perf_event_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.size = sizeof attributes;
  attributes.type = type;
  attributes.config = config;
  attributes.disabled = 1;
  attributes.inherit = 1;
  attributes.enable_on_exec = from_exec;
  attributes.exclude_kernel = user_only;
  attributes.exclude_hv = user_only;
  attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
  const long result = syscall(SYS_perf_event_open, &attributes, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
  return result < 0 ? -errno : (int)result;
}

/// What tells the calls that mark a measured span from others of the same kind; the kernel does not look at it.
#define LINUX_SPAN_MARK 0x6163656265ce5907ULL

/// `prctl(PR_TASK_PERF_EVENTS_ENABLE)`, or `…_DISABLE`: starts or stops all counters that the calling thread has opened, in
/// every thread that inherited them. Who traces system calls knows the call by `mark`.
LINUX_COUNTING void linux_mark_span(bool begins, uint64_t mark) {
  syscall(SYS_prctl, begins ? PR_TASK_PERF_EVENTS_ENABLE : PR_TASK_PERF_EVENTS_DISABLE, mark, 0, 0, 0);
}

/// `bpf(BPF_MAP_CREATE)`; a descriptor or a negated error number.
LINUX_COUNTING int linux_bpf_create_map(uint32_t type, uint32_t key_size, uint32_t value_size, uint32_t entry_count) {
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.map_type = type;
  attributes.key_size = key_size;
  attributes.value_size = value_size;
  attributes.max_entries = entry_count;
  const long result = syscall(SYS_bpf, BPF_MAP_CREATE, &attributes, sizeof attributes);
  return result < 0 ? -errno : (int)result;
}

/// `bpf(BPF_PROG_LOAD)` of a raw tracepoint program; a descriptor or a negated error number. What the kernel's verifier has
/// to say goes into `log`, which is left out when `log_size` is 0.
LINUX_COUNTING int linux_bpf_load(const void *instructions, uint32_t count, char *log, uint32_t log_size) {
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT;
  attributes.insns = (uint64_t)(uintptr_t)instructions;
  attributes.insn_cnt = count;
  attributes.license = (uint64_t)(uintptr_t)"Dual MIT/GPL";
  if (log_size > 0) {
    attributes.log_buf = (uint64_t)(uintptr_t)log;
    attributes.log_size = log_size;
    attributes.log_level = 1;
  }
  const long result = syscall(SYS_bpf, BPF_PROG_LOAD, &attributes, sizeof attributes);
  return result < 0 ? -errno : (int)result;
}

/// `bpf(BPF_RAW_TRACEPOINT_OPEN)`: a descriptor, with which the program is detached when it is closed, or a negated error number.
LINUX_COUNTING int linux_bpf_attach(const char *tracepoint, int program) {
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.raw_tracepoint.name = (uint64_t)(uintptr_t)tracepoint;
  attributes.raw_tracepoint.prog_fd = (uint32_t)program;
  const long result = syscall(SYS_bpf, BPF_RAW_TRACEPOINT_OPEN, &attributes, sizeof attributes);
  return result < 0 ? -errno : (int)result;
}

/// `bpf` on an element of a map (BPF_MAP_LOOKUP_ELEM, BPF_MAP_UPDATE_ELEM, BPF_MAP_DELETE_ELEM; BPF_MAP_GET_NEXT_KEY, where
/// the value is the next key); 0 or a negated error number.
LINUX_COUNTING int linux_bpf_element(int command, int map, const void *key, void *value) {
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.map_fd = (uint32_t)map;
  attributes.key = (uint64_t)(uintptr_t)key;
  attributes.value = (uint64_t)(uintptr_t)value;
  return syscall(SYS_bpf, command, &attributes, sizeof attributes) < 0 ? -errno : 0;
}

/// The numbers of the commands above; Swift does not see those of an enumeration without a name.
LINUX_COUNTING int linux_bpf_lookup(void) { return BPF_MAP_LOOKUP_ELEM; }
LINUX_COUNTING int linux_bpf_update(void) { return BPF_MAP_UPDATE_ELEM; }
LINUX_COUNTING int linux_bpf_delete(void) { return BPF_MAP_DELETE_ELEM; }
LINUX_COUNTING int linux_bpf_next_key(void) { return BPF_MAP_GET_NEXT_KEY; }

/// `getppid`, without the C library: the call that a cost is measured with.
LINUX_COUNTING void linux_cheap_call(void) { syscall(SYS_getppid); }
