// SPDX-License-Identifier: MIT

#include "CFloor.h"

_Thread_local char floor_ring[FLOOR_RING_BYTE_COUNT];
_Thread_local size_t floor_cursor;
