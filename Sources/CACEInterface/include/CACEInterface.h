// SPDX-License-Identifier: MIT
//
// ACE's interface as the harness sees it: declarations alone. The functions are those of the library under measurement,
// looked up in it; nothing of ACE itself may be linked into the process that measures it.
#pragma once

#include "../../CACE/include/ace.h"
