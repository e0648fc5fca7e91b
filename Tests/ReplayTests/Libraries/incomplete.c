// SPDX-License-Identifier: MIT

// Has no realloc of its own.
#define OWN_REALLOC
#include "bump.h"
