// SPDX-License-Identifier: MIT

#include "CLinux.h"

// Thread-local storage cannot be defined in a header that Swift imports; all else is inline there.
_Thread_local char linux_floor_ring[LINUX_FLOOR_RING_BYTE_COUNT];
_Thread_local size_t linux_floor_cursor;
