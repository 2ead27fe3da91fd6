// SPDX-License-Identifier: MIT
// libi2c (package libi2c-dev) and the kernel's I2C user interface, as Swift sees them.
#pragma once
#include <sys/ioctl.h>
#include <linux/i2c.h>
#include <linux/i2c-dev.h>
#include <i2c/smbus.h>
