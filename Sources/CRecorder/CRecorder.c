// SPDX-License-Identifier: MIT
#include "CRecorder.h"
_Thread_local struct recorder_thread *recorder_thread_slot;
