// SPDX-License-Identifier: MIT
// A target has a source file; all of this one is declarations.
#include "CACEInterface.h"
