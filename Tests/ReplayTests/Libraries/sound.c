// SPDX-License-Identifier: MIT

#include "bump.h"
