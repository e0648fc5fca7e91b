// SPDX-License-Identifier: MIT
//
// libnuma, and inline accessors of its global bit masks, which Swift takes for unprotected state.
#pragma once

#include <numa.h>
#include <numaif.h>
#include <stdbool.h>

/// `get_mempolicy`: whether the kernel has memory policies and lets this process use them, which `numa_available` takes for
/// granted where they are merely forbidden.
static inline bool cnuma_is_permitted(void) { return get_mempolicy(NULL, NULL, 0, NULL, 0) == 0; }

/// Whether the kernel has a node; only after `numa_available`.
static inline bool cnuma_has_node(int node) { return numa_bitmask_isbitset(numa_nodes_ptr, (unsigned)node); }

/// Whether a processor belongs to a node, by the kernel's list for the node.
static inline bool cnuma_is_processor(struct bitmask *processors, unsigned processor) {
  return numa_bitmask_isbitset(processors, processor);
}

/// `numa_free_cpumask`.
static inline void cnuma_free(struct bitmask *mask) { numa_bitmask_free(mask); }
