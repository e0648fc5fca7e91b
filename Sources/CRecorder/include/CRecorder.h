// SPDX-License-Identifier: MIT
//
// What the recorder needs of C: the thread slot, the clock, the names of glibc's own allocator, storage that must be
// there before any code has run, and the calls and macros that Swift cannot reach.
#pragma once

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

// The one thread-local of the library: initial-exec, so that reading it is one instruction and never allocates. It holds
// the address of a RecordingThread, or of one of two stand-ins that have no room for an event: `absent` in a thread
// that has made no event yet, `muted` while another allocator is at work, whose own calls are not the program's.
extern _Thread_local void *_Nonnull recorder_thread_slot
    __attribute__((tls_model("initial-exec"), visibility("hidden")));
extern uintptr_t recorder_absent_thread[2] __attribute__((visibility("hidden")));
extern uintptr_t recorder_muted_thread[2] __attribute__((visibility("hidden")));

static inline void *_Nonnull recorder_thread_get(void) { return recorder_thread_slot; }
static inline void recorder_thread_set(void *_Nonnull thread) { recorder_thread_slot = thread; }
static inline void *_Nonnull recorder_thread_absent(void) { return recorder_absent_thread; }
static inline void *_Nonnull recorder_thread_muted(void) { return recorder_muted_thread; }

// The frame of the function that this is inlined into.
static inline __attribute__((always_inline)) uintptr_t recorder_frame(void) {
  return (uintptr_t)__builtin_frame_address(0);
}

// What every event looks at, in one cache line that is hardly ever written.
struct recorder_control {
  /// Where 0 says that recording is switched off: a byte of the control file, or a constant.
  const unsigned char *_Nonnull is_on;
  /// The stamp at which recording stops.
  uint64_t deadline;
  /// Bytes between samples on average; 0 when every block is recorded.
  uint64_t sample_byte_count;
  /// Whether stamps are those of the time-stamp counter.
  uint32_t counts_cycles;
  /// An event has a stamp when the count of its thread's events has none of these bits.
  uint32_t stamp_mask;
};
extern struct recorder_control recorder_control
    __attribute__((visibility("hidden"), aligned(64), swift_attr("nonisolated(unsafe)")));

// glibc's allocator under the names that nobody interposes.
extern void *_Nullable __libc_malloc(size_t);
extern void *_Nullable __libc_calloc(size_t, size_t);
extern void *_Nullable __libc_realloc(void *_Nullable, size_t);
extern void *_Nullable __libc_memalign(size_t, size_t);
extern void __libc_free(void *_Nullable);

// The allocator that serves the program. Until the first call it is one that finds out which that is.
struct recorder_allocator {
  void *_Nullable (*_Nonnull malloc)(size_t);
  void *_Nullable (*_Nonnull calloc)(size_t, size_t);
  void *_Nullable (*_Nonnull realloc)(void *_Nullable, size_t);
  void *_Nullable (*_Nonnull memalign)(size_t, size_t);
  void (*_Nonnull free)(void *_Nullable);
};
extern struct recorder_allocator recorder_next
    __attribute__((visibility("hidden"), swift_attr("nonisolated(unsafe)")));

// Where the recorder takes blocks from while it looks for the allocator: 64 KiB in the library itself.
#define RECORDER_ARENA_BYTE_COUNT 65536
extern unsigned char recorder_arena[RECORDER_ARENA_BYTE_COUNT] __attribute__((visibility("hidden")));
static inline void *_Nonnull recorder_arena_start(void) { return recorder_arena; }

// The path of the trace, and of the switch, ended by a zero byte.
#define RECORDER_PATH_CAPACITY 4096
extern char recorder_output_path[RECORDER_PATH_CAPACITY] __attribute__((visibility("hidden")));
extern char recorder_control_path[RECORDER_PATH_CAPACITY] __attribute__((visibility("hidden")));
// The name or path of libunwind, as the loader takes it.
extern char recorder_unwinder_path[RECORDER_PATH_CAPACITY] __attribute__((visibility("hidden")));
static inline char *_Nonnull recorder_unwinder_path_start(void) { return recorder_unwinder_path; }
// Where the memory map is read, under the lock: more than a line of it can take.
#define RECORDER_MAP_BUFFER_BYTE_COUNT 8192
extern unsigned char recorder_map_buffer[RECORDER_MAP_BUFFER_BYTE_COUNT] __attribute__((visibility("hidden")));
static inline unsigned char *_Nonnull recorder_map_buffer_start(void) { return recorder_map_buffer; }
static inline char *_Nonnull recorder_output_path_start(void) { return recorder_output_path; }
static inline char *_Nonnull recorder_control_path_start(void) { return recorder_control_path; }

// One lock for everything that is rare: thread starts and ends, chunks claimed.
void recorder_lock(void);
void recorder_unlock(void);
/// Makes the lock free in a forked child, whatever the parent's threads were doing.
void recorder_lock_reset(void);

// glibc's pthread_atfork without the object file that it comes with.
extern int __register_atfork(void (*_Nullable)(void), void (*_Nullable)(void), void (*_Nullable)(void), void *_Nullable);

static inline uint64_t recorder_clock_nanoseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/// The time-stamp counter; 0 where there is none.
static inline uint64_t recorder_time_stamp_counter(void) {
#if defined(__x86_64__)
  return __builtin_ia32_rdtsc();
#else
  return 0;
#endif
}

// What the path of an event calls now and then. These functions leave nearly all registers as they are, so that the path
// need not save any for their sake.
#define RECORDER_RARE __attribute__((preserve_most, noinline, visibility("hidden")))

RECORDER_RARE uint64_t recorder_clock_stamp(void);
RECORDER_RARE void recorder_switch_off(void);
RECORDER_RARE void *_Nullable recorder_room(void);
RECORDER_RARE int recorder_sample(void *_Nonnull thread, void *_Nonnull block, size_t size);
RECORDER_RARE int recorder_unsample(void *_Nonnull block);
/// The stack of the call whose frame is given.
RECORDER_RARE uint32_t recorder_stack(void *_Nonnull thread, uintptr_t frame);

static inline uint64_t recorder_stamp(void) {
  uint64_t stamp = __builtin_expect(recorder_control.counts_cycles, 1) ? recorder_time_stamp_counter()
                                                                       : recorder_clock_stamp();
  if (__builtin_expect(stamp >= recorder_control.deadline, 0)) recorder_switch_off();
  return stamp;
}
static inline void *_Nullable recorder_find_room(void) { return recorder_room(); }
static inline int recorder_samples(void *_Nonnull thread, void *_Nonnull block, size_t size) {
  return __builtin_expect(recorder_control.sample_byte_count != 0, 0) ? recorder_sample(thread, block, size) : 1;
}
static inline int recorder_unsamples(void *_Nonnull block) {
  return __builtin_expect(recorder_control.sample_byte_count != 0, 0) ? recorder_unsample(block) : 1;
}

/// Opens libunwind; 0 when it is not there or is not what it should be.
int recorder_open_unwinder(const char *_Nonnull name);
/// Stores return addresses, the innermost first, and returns how many.
int recorder_unwind(uintptr_t *_Nonnull addresses, int capacity);
/// Libraries that the loader ever loaded and unloaded. Takes a lock of the loader's.
struct recorder_load_counts {
  uint64_t loaded;
  uint64_t unloaded;
};
struct recorder_load_counts recorder_count_loads(void);

/// Whether the counter runs at one rate in every power state (CPUID 0x80000007, EDX bit 8).
static inline int recorder_has_invariant_counter(void) {
#if defined(__x86_64__)
  unsigned a, b, c, d;
  return __get_cpuid(0x80000007u, &a, &b, &c, &d) && (d & (1u << 8));
#else
  return 0;
#endif
}

static inline int recorder_errno_get(void) { return errno; }
static inline void recorder_errno_set(int value) { errno = value; }
static inline int recorder_open(const char *_Nonnull path, int flags, mode_t mode) { return open(path, flags, mode); }
// Calls that are no points of cancellation, as the C library's are.
static inline int recorder_open_quietly(const char *_Nonnull path) {
  return (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
}
static inline long recorder_read_quietly(int file, unsigned char *_Nonnull buffer, long byte_count) {
  return syscall(SYS_read, file, buffer, byte_count);
}
static inline void recorder_close_quietly(int file) { syscall(SYS_close, file); }
static inline int recorder_duplicate(int descriptor, int lowest) { return fcntl(descriptor, F_DUPFD_CLOEXEC, lowest); }
static inline int recorder_fallocate(int descriptor, off_t offset, off_t length) {
  return (int)syscall(SYS_fallocate, descriptor, 0, offset, length);
}
static inline uint64_t recorder_file_size_limit(void) {
  struct rlimit limit;
  return getrlimit(RLIMIT_FSIZE, &limit) == 0 ? limit.rlim_cur : UINT64_MAX;
}
static inline int recorder_thread_identifier(void) { return (int)syscall(SYS_gettid); }
/// Whether a thread of this process has ended altogether.
static inline int recorder_thread_is_gone(int thread) {
  return syscall(SYS_tgkill, getpid(), thread, 0) != 0 && errno == ESRCH;
}
static inline int recorder_map_failed(const void *_Nullable address) { return address == MAP_FAILED; }
typedef int (*recorder_posix_memalign_function)(void *_Nullable *_Nonnull, size_t, size_t);
static inline void *_Nullable recorder_next_symbol(const char *_Nonnull name) { return dlsym(RTLD_NEXT, name); }
