// SPDX-License-Identifier: MIT
//
// Inline wrappers for the system calls, instructions and macros that Swift cannot call. One wrapper per call; each
// names the C function or instruction it stands for.
#pragma once
