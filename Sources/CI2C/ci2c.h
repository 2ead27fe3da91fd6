// SPDX-License-Identifier: MIT
// libi2c (package libi2c-dev) and the kernel's I2C user interface, as Swift sees them. Functions return a value or
// -errno.
#pragma once
#include <errno.h>
#include <i2c/smbus.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <stdint.h>
#include <sys/ioctl.h>

/// What an adapter can do: the I2C_FUNC_... bits, which always fit 32 (linux/i2c.h).
static inline int64_t ci2c_functions(int adapter) {
  unsigned long functions = 0;
  return ioctl(adapter, I2C_FUNCS, &functions) < 0 ? -errno : (int64_t)(uint32_t)functions;
}

/// I2C_SLAVE, I2C_TIMEOUT and I2C_RETRIES, whose argument is the number itself.
static inline int ci2c_control(int adapter, unsigned long request, unsigned long value) {
  return ioctl(adapter, request, value) < 0 ? -errno : 0;
}

/// One I2C_RDWR: a write message, a repeated start, a read message; a message of no bytes is left out.
static inline int ci2c_transfer(int adapter, uint16_t address, const uint8_t *written, uint16_t written_count,
                                uint8_t *read, uint16_t read_count) {
  struct i2c_msg messages[2];
  struct i2c_rdwr_ioctl_data transfer = {.msgs = messages, .nmsgs = 0};
  if (written_count > 0)
    messages[transfer.nmsgs++] =
        (struct i2c_msg){.addr = address, .flags = 0, .len = written_count, .buf = (uint8_t *)written};
  if (read_count > 0)
    messages[transfer.nmsgs++] =
        (struct i2c_msg){.addr = address, .flags = I2C_M_RD, .len = read_count, .buf = read};
  int done = ioctl(adapter, I2C_RDWR, &transfer);
  return done < 0 ? -errno : (unsigned)done == transfer.nmsgs ? 0 : -EIO;
}
