// SPDX-License-Identifier: MIT

// All of it is inline; a target needs a source file.
#include "CLinux.h"
