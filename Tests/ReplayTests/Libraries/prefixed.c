// SPDX-License-Identifier: MIT

// Sound, under names of its own.
#define malloc own_malloc
#define calloc own_calloc
#define realloc own_realloc
#define memalign own_memalign
#define free own_free
#define malloc_usable_size own_malloc_usable_size
#include "bump.h"
