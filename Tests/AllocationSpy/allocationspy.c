// SPDX-License-Identifier: MIT
// Stands in front of glibc's allocator in the test program and counts for each thread.
#define _GNU_SOURCE
#include "allocationspy.h"

#include <errno.h>
#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SPY_SLEEPS 1
#endif
#endif

static __thread allocationspy_counts counts __attribute__((tls_model("initial-exec")));

allocationspy_counts allocationspy_this_thread(void) { return counts; }

#ifdef SPY_SLEEPS

int allocationspy_is_active(void) { return 0; }

#else

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *block);

int allocationspy_is_active(void) { return 1; }

void *malloc(size_t size) {
  counts.allocations++;
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  counts.allocations++;
  return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size) {
  counts.allocations++;
  return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
  counts.allocations++;
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **block, size_t alignment, size_t size) {
  void *new_block = memalign(alignment, size);
  if (new_block == NULL) return ENOMEM;
  *block = new_block;
  return 0;
}

void free(void *block) {
  if (block != NULL) counts.frees++;
  __libc_free(block);
}

#endif
