// SPDX-License-Identifier: MIT
#pragma once
#include <stdint.h>

/// Calls to the heap that a thread has made so far.
typedef struct {
  uint64_t allocations;
  uint64_t frees;
} allocationspy_counts;

allocationspy_counts allocationspy_this_thread(void);

/// 0 where a sanitizer owns malloc, and nothing is counted.
int allocationspy_is_active(void);
