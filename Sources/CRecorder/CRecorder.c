// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "CRecorder.h"

// Swift functions of the recorder that must be named in static data.
extern void *recorder_first_malloc(size_t);
extern void *recorder_first_calloc(size_t, size_t);
extern void *recorder_first_realloc(void *, size_t);
extern void *recorder_first_memalign(size_t, size_t);
extern void recorder_first_free(void *);
extern void recorder_begin(void);
extern void recorder_finish(void);
extern void *recorder_prepare_thread(void);
extern int recorder_take_sample(void *, void *, size_t);
extern int recorder_leave_sample(void *);
extern uint32_t recorder_take_stack(void *, uintptr_t);

// A cursor beyond a limit, as a RecordingThread begins with.
uintptr_t recorder_absent_thread[2] = {1, 0};
uintptr_t recorder_muted_thread[2] = {1, 0};
_Thread_local void *recorder_thread_slot = recorder_absent_thread;

static const unsigned char on = 1, off = 0;
struct recorder_control recorder_control = {.is_on = &on, .deadline = UINT64_MAX};

RECORDER_RARE void recorder_switch_off(void) { recorder_control.is_on = &off; }
RECORDER_RARE uint64_t recorder_clock_stamp(void) { return recorder_clock_nanoseconds(CLOCK_MONOTONIC); }
RECORDER_RARE void *recorder_room(void) { return recorder_prepare_thread(); }
RECORDER_RARE int recorder_sample(void *thread, void *block, size_t size) {
  return recorder_take_sample(thread, block, size);
}
RECORDER_RARE int recorder_unsample(void *block) { return recorder_leave_sample(block); }
RECORDER_RARE uint32_t recorder_stack(void *thread, uintptr_t frame) { return recorder_take_stack(thread, frame); }

struct recorder_allocator recorder_next = {
    .malloc = recorder_first_malloc,
    .calloc = recorder_first_calloc,
    .realloc = recorder_first_realloc,
    .memalign = recorder_first_memalign,
    .free = recorder_first_free,
};

unsigned char recorder_arena[RECORDER_ARENA_BYTE_COUNT] __attribute__((aligned(16)));
char recorder_output_path[RECORDER_PATH_CAPACITY];
char recorder_control_path[RECORDER_PATH_CAPACITY];
char recorder_unwinder_path[RECORDER_PATH_CAPACITY] = "libunwind.so.8";
unsigned char recorder_map_buffer[RECORDER_MAP_BUFFER_BYTE_COUNT];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void recorder_lock(void) { pthread_mutex_lock(&lock); }
void recorder_unlock(void) { pthread_mutex_unlock(&lock); }
void recorder_lock_reset(void) { pthread_mutex_init(&lock, NULL); }

__attribute__((constructor)) static void begin(void) { recorder_begin(); }
__attribute__((destructor)) static void finish(void) { recorder_finish(); }
