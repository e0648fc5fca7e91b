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

  // What policies did.
  uint64_t warm_hit_count;         // empty slabs that a heap had ready itself
  uint64_t warm_miss_count;        // those that it had to ask the shared pool for
  uint64_t shrunk_list_count;      // unused lists given back to their slabs
  uint64_t trimmed_bytes;          // of purged_bytes, pages inside slabs and superslabs that were partly live
  uint64_t hot_superslab_count;    // now: superslabs that slabs are taken from
  uint64_t draining_superslab_count;  // now: superslabs that get no new slab while others have room
  uint64_t free_superslab_count;   // now: superslabs without a slab in use
  uint64_t resident_bytes;         // ACE's own estimate of the memory that it keeps resident

  // The engine.
  uint64_t engine_mode;            // enum ace_engine
  uint64_t worker_count;           // 1 while ACE's own thread runs
  uint64_t tick_count;             // times that ACE looked after idle memory
  uint64_t observation_count;      // batches of counters that threads handed in
  uint64_t decision_count;
};

/// How much the learning layer may do.
enum ace_engine { ACE_ENGINE_OFF = 0, ACE_ENGINE_OBSERVE = 1, ACE_ENGINE_ON = 2 };

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
  uint64_t shrunk_list_count;      // times its list, unused, went back to its slab
};

/// Fills in `*statistics`; 0, or EINVAL when byte_count is too small to be of any version.
int ace_get_statistics(struct ace_statistics *statistics);
/// How many size classes the tiny front has; classes are numbered from 1.
unsigned ace_class_count(void);
/// Fills in `*statistics` of a class; 0, or EINVAL for a class that there is not.
int ace_get_class_statistics(unsigned size_class, struct ace_class_statistics *statistics);

/// Reads a knob or a policy's switch by its name; docs/environment.md lists them. 0, or ENOENT when there is none.
int ace_get_knob(const char *name, uint64_t *value);
/// Sets a knob, or a policy's switch to 0 or 1; 0, ENOENT for a name that there is not, ERANGE for a value outside its range.
int ace_set_knob(const char *name, uint64_t value);

enum ace_knob_kind { ACE_KNOB_SWITCH = 0, ACE_KNOB_NUMBER = 1 };

/// What can be set. Texts end with a zero byte.
struct ace_knob {
  /// In: sizeof(struct ace_knob) of the caller. Out: how many bytes were filled in.
  uint64_t byte_count;
  uint64_t kind;                   // enum ace_knob_kind
  uint64_t minimum;
  uint64_t maximum;
  uint64_t initial;                // what the profile `balanced`, the default, sets
  uint64_t value;
  char name[32];
  char unit[32];
};

/// How many switches and knobs there are, numbered from 0, switches first.
unsigned ace_knob_count(void);
/// Fills in `*knob`; 0, or EINVAL for a number that there is not.
int ace_describe_knob(unsigned number, struct ace_knob *knob);

/// Something that the learning layer decided. Costs are thousandths of the cost function's unit (docs/learning.md), plus
/// 1,000,000 so that they are never negative; 0 where there is none.
struct ace_decision {
  /// In: sizeof(struct ace_decision) of the caller. Out: how many bytes were filled in.
  uint64_t byte_count;
  uint64_t sequence;               // from 1
  uint64_t milliseconds;           // since ACE began, by the clock that policies use
  uint64_t epoch;
  uint64_t class_bytes;            // the size class it is about, by its blocks' size; 0 where it is about all
  uint64_t old_value;
  uint64_t new_value;
  uint64_t was_applied;            // 0 where the engine only observes, and where a rival of the present value has lost
  uint64_t old_cost;
  uint64_t new_cost;
  char subject[32];                // a knob's name
  char reason[96];
};

/// Decisions since the process began; the last 512 of them can be read.
uint64_t ace_decision_count(void);
/// Fills in the decision of a sequence number; 0, or ENOENT when there is none, or no longer.
int ace_get_decision(uint64_t sequence, struct ace_decision *decision);

/// Checks the invariants of the calling thread's heap, of the superslabs and of the large blocks; returns when they hold and
/// aborts with one line when not. Other threads may go on, their heaps are not looked at.
void ace_check_invariants(void);

#ifdef __cplusplus
}
#endif
