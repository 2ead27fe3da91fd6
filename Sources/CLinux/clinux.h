// SPDX-License-Identifier: MIT
// What hides from Swift's Glibc module behind macros or variadic calls, as small functions: they return a value, a
// descriptor or -errno.
#pragma once
#include <errno.h>
#include <linux/gpio.h>
#include <linux/sched.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/timex.h>

/// linux/sched.h; a child of a thread with this flag starts as an ordinary thread.
static inline int clinux_sched_reset_on_fork(void) { return SCHED_RESET_ON_FORK; }

/// Names the calling thread; the kernel keeps 15 bytes (prctl(2), PR_SET_NAME).
static inline int clinux_name_thread(const char *name) {
  return prctl(PR_SET_NAME, name, 0, 0, 0) < 0 ? -errno : 0;
}

/// As the kernel's SO_PEERCRED fills it (linux/socket.h, struct ucred, which the C library shows to GNU sources alone).
struct clinux_credentials {
  int32_t process;
  uint32_t user;
  uint32_t group;
};

/// The user and the group of the process that connected to a Unix socket.
static inline int clinux_peer_user(int descriptor, uint32_t *user, uint32_t *group) {
  struct clinux_credentials credentials;
  socklen_t size = sizeof credentials;
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) < 0) return -errno;
  if (size != sizeof credentials) return -EPROTO;
  *user = credentials.user;
  *group = credentials.group;
  return 0;
}

/// Its supplementary groups; returns how many there are, or -ERANGE where there is no room for them.
static inline int clinux_peer_groups(int descriptor, uint32_t *groups, int room) {
  socklen_t size = (socklen_t)room * sizeof *groups;
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, groups, &size) < 0) return -errno;
  return (int)(size / sizeof *groups);
}

/// The columns of the terminal behind a descriptor.
static inline int clinux_terminal_columns(int terminal) {
  struct winsize size;
  return ioctl(terminal, TIOCGWINSZ, &size) < 0 ? -errno : size.ws_col;
}

static inline int clinux_gpio_chip_info(int chip, struct gpiochip_info *info) {
  return ioctl(chip, GPIO_GET_CHIPINFO_IOCTL, info) < 0 ? -errno : 0;
}

/// Fills the description of one line; the rest of `info` is zeroed first, as the kernel demands of its padding.
static inline int clinux_gpio_line_info(int chip, uint32_t offset, struct gpio_v2_line_info *info) {
  memset(info, 0, sizeof *info);
  info->offset = offset;
  return ioctl(chip, GPIO_V2_GET_LINEINFO_IOCTL, info) < 0 ? -errno : 0;
}

/// Requests one line and returns its descriptor, which the kernel opens close-on-exec. An output starts inactive, as no
/// value is given (gpiolib-cdev.c, gpio_v2_line_config_output_value). A debounce period of 0 asks for none.
static inline int clinux_gpio_request(int chip, uint32_t offset, uint64_t flags, uint32_t debounce_us,
                                      const char *consumer) {
  struct gpio_v2_line_request request;
  memset(&request, 0, sizeof request);
  request.offsets[0] = offset;
  request.num_lines = 1;
  request.config.flags = flags;
  if (debounce_us > 0) {
    request.config.num_attrs = 1;
    request.config.attrs[0].mask = 1;
    request.config.attrs[0].attr.id = GPIO_V2_LINE_ATTR_ID_DEBOUNCE;
    request.config.attrs[0].attr.debounce_period_us = debounce_us;
  }
  strncpy(request.consumer, consumer, sizeof request.consumer - 1);
  return ioctl(chip, GPIO_V2_GET_LINE_IOCTL, &request) < 0 ? -errno : request.fd;
}

/// 1 where the line is active, 0 where it is not.
static inline int clinux_gpio_get(int line) {
  struct gpio_v2_line_values values = {.bits = 0, .mask = 1};
  return ioctl(line, GPIO_V2_LINE_GET_VALUES_IOCTL, &values) < 0 ? -errno : (int)(values.bits & 1);
}

static inline int clinux_gpio_set(int line, int active) {
  struct gpio_v2_line_values values = {.bits = active ? 1 : 0, .mask = 1};
  return ioctl(line, GPIO_V2_LINE_SET_VALUES_IOCTL, &values) < 0 ? -errno : 0;
}

/// ppoll(2), which poll.h declares only under _GNU_SOURCE; with structures of its own, as those of poll.h and time.h
/// belong to Swift's Glibc module.
struct clinux_wait {
  int descriptor;
  short wanted;
  short seen;
};
struct clinux_duration {
  long seconds;
  long nanoseconds;
};
extern int clinux_ppoll(struct clinux_wait *waits, unsigned long count, const struct clinux_duration *timeout,
                        const void *mask) __asm__("ppoll");

/// Waits for one of the POLL... bits that are wanted, but at most so long: the bits that are seen, or 0 where the time
/// was up.
static inline int clinux_wait(int descriptor, short wanted, int64_t microseconds) {
  struct clinux_wait wait = {.descriptor = descriptor, .wanted = wanted};
  struct clinux_duration timeout = {(long)(microseconds / 1000000), (long)(microseconds % 1000000) * 1000};
  int ready = clinux_ppoll(&wait, 1, &timeout, 0);
  return ready < 0 ? -errno : ready == 0 ? 0 : wait.seen;
}

/// 1 where something outside keeps the system's clock right, 0 where nothing does, or nobody may say (adjtimex(2)).
static inline int clinux_clock_is_kept(void) {
  struct timex state = {.modes = 0};
  int status = adjtimex(&state);
  return status >= 0 && status != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}
