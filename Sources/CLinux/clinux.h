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

/// linux/sched.h; a child of a thread with this flag starts as an ordinary thread.
static inline int clinux_sched_reset_on_fork(void) { return SCHED_RESET_ON_FORK; }

/// Names the calling thread; the kernel keeps 15 bytes (prctl(2), PR_SET_NAME).
static inline int clinux_name_thread(const char *name) {
  return prctl(PR_SET_NAME, name, 0, 0, 0) < 0 ? -errno : 0;
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

/// Requests one line as an output and returns its descriptor, which the kernel opens close-on-exec. With no value given
/// the line starts inactive (gpiolib-cdev.c, gpio_v2_line_config_output_value).
static inline int clinux_gpio_request_output(int chip, uint32_t offset, int active_low, const char *consumer) {
  struct gpio_v2_line_request request;
  memset(&request, 0, sizeof request);
  request.offsets[0] = offset;
  request.num_lines = 1;
  request.config.flags = GPIO_V2_LINE_FLAG_OUTPUT | (active_low ? GPIO_V2_LINE_FLAG_ACTIVE_LOW : 0);
  strncpy(request.consumer, consumer, sizeof request.consumer - 1);
  return ioctl(chip, GPIO_V2_GET_LINE_IOCTL, &request) < 0 ? -errno : request.fd;
}

static inline int clinux_gpio_set(int line, int active) {
  struct gpio_v2_line_values values = {.bits = active ? 1 : 0, .mask = 1};
  return ioctl(line, GPIO_V2_LINE_SET_VALUES_IOCTL, &values) < 0 ? -errno : 0;
}
