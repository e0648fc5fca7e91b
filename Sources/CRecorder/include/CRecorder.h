// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>
extern void *__libc_malloc(size_t);
struct recorder_thread { unsigned long x; };
extern _Thread_local struct recorder_thread *recorder_thread_slot __attribute__((tls_model("initial-exec"), visibility("hidden")));
static inline struct recorder_thread *recorder_thread_get(void) { return recorder_thread_slot; }
