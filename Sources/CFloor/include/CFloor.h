// SPDX-License-Identifier: MIT
//
// The thread-local memory that the floor allocator cuts its blocks from. A target of its own, because what links it has
// 64 KiB of static thread-local storage, which no library in a stranger's process may have.
#pragma once

#include <stddef.h>

/// Bytes of the ring: twice the floor's largest small block.
#define FLOOR_RING_BYTE_COUNT 65536

extern _Thread_local __attribute__((aligned(64), tls_model("initial-exec"))) char floor_ring[FLOOR_RING_BYTE_COUNT];
extern _Thread_local __attribute__((tls_model("initial-exec"))) size_t floor_cursor;

/// The calling thread's ring.
static inline __attribute__((always_inline)) char *floor_ring_get(void) { return floor_ring; }

/// Where the calling thread's next block begins in its ring.
static inline __attribute__((always_inline)) size_t floor_cursor_get(void) { return floor_cursor; }
static inline __attribute__((always_inline)) void floor_cursor_set(size_t cursor) { floor_cursor = cursor; }
