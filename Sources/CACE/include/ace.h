// SPDX-License-Identifier: MIT
//
// ace.h: what libace.so tells about itself, and what can be set while it runs. The functions are exported by every build
// of the library; look them up with dlsym, as a program that runs on another allocator has none of them.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ACE_INTERFACE_VERSION 1u

/// Which of the three builds a library is: where the record of a slab lies.
enum ace_metadata { ACE_METADATA_PREFIX = 0, ACE_METADATA_TABLE = 1, ACE_METADATA_HEADER = 2 };

/// Counters of the whole process since it began, unless a name says otherwise. They are read while threads run: each is
/// right for some moment of the call, not all for the same one. Counts of blocks come from refills, which take blocks by
/// the list, because counting each malloc would cost every malloc.
struct ace_statistics {
  /// In: sizeof(struct ace_statistics) of the caller. Out: how many bytes were filled in.
  uint64_t byte_count;
  uint64_t interface_version;
  uint64_t metadata;

  // Memory, in bytes.
  uint64_t span_bytes;             // of addresses that ACE places blocks at; what is not committed is not mapped
  uint64_t committed_bytes;        // address space that may be touched
  uint64_t mapped_huge_bytes;      // blocks with a mapping of their own
  uint64_t purged_bytes;           // given back to the system, summed over time
  uint64_t free_slab_bytes;        // address space of empty slabs
  uint64_t tiny_slab_bytes;        // address space of slabs in use, 64 KiB each
  uint64_t mid_bytes;              // live mid blocks
  uint64_t large_bytes;            // live large blocks
  uint64_t large_cached_bytes;     // freed large blocks that may still be resident

  // Threads.
  uint64_t heap_count;             // heaps ever made
  uint64_t dormant_heap_count;     // heaps that wait for a thread
  uint64_t adopted_heap_count;     // times a thread took over a dead thread's heap

  // Superslabs and slabs.
  uint64_t superslab_count;        // 2 MiB each
  uint64_t slab_claim_count;       // slabs taken into use
  uint64_t slab_release_count;     // slabs that became empty and were given back

  // The tiny front, summed over classes.
  uint64_t refill_count;           // times a thread's list of a class was empty
  uint64_t refilled_block_count;   // blocks that refills brought
  uint64_t carved_block_count;     // of these, blocks of pages touched for the first time
  uint64_t borrowed_block_count;   // blocks of a larger class handed out to save a page
  uint64_t remote_free_count;      // blocks, mid ones among them, posted to the heap that owns them
  uint64_t remote_batch_count;     // batches in which they were posted

  // Above the tiny front.
  uint64_t mid_allocation_count;
  uint64_t large_allocation_count;
  uint64_t huge_allocation_count;
  uint64_t foreign_free_count;     // frees of pointers that ACE never gave out
};

/// The figures of one size class of the tiny front.
struct ace_class_statistics {
  /// In: sizeof(struct ace_class_statistics) of the caller. Out: how many bytes were filled in.
  uint64_t byte_count;
  uint64_t block_byte_count;       // the size of a block
  uint64_t slab_count;             // slabs in use now
  uint64_t refill_count;
  uint64_t refilled_block_count;
  uint64_t carved_block_count;
  uint64_t borrowed_block_count;   // blocks of this class handed out to a smaller one
  uint64_t remote_free_count;
};

/// Fills in `*statistics`; 0, or EINVAL when byte_count is too small to be of any version.
int ace_get_statistics(struct ace_statistics *statistics);
/// How many size classes the tiny front has; classes are numbered from 1.
unsigned ace_class_count(void);
/// Fills in `*statistics` of a class; 0, or EINVAL for a class that there is not.
int ace_get_class_statistics(unsigned size_class, struct ace_class_statistics *statistics);

/// Reads a knob by its name; docs/environment.md lists them. 0, or ENOENT when there is none.
int ace_get_knob(const char *name, uint64_t *value);
/// Sets a knob; 0, ENOENT for a name that there is not, ERANGE for a value outside its range.
int ace_set_knob(const char *name, uint64_t value);

/// Checks the invariants of the calling thread's heap, of the superslabs and of the large blocks; returns when they hold and
/// aborts with one line when not. Other threads may go on, their heaps are not looked at.
void ace_check_invariants(void);

#ifdef __cplusplus
}
#endif
