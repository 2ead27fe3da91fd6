// SPDX-License-Identifier: MIT

extension SettingTests {
  static let cases = others + haptics

  private static let others = [
    Case(
      name: "socket.path", usual: "/run/postured/postured.sock",
      good: ["/s", "/" + String(repeating: "x", count: 101)],
      bad: ["s", "./s", "/" + String(repeating: "x", count: 102)], expected: "an absolute path of at most 102 bytes"),
    Case(name: "socket.group", good: ["posture", "i2c"], bad: ["two words", "ü"], expected: "the name of a group"),
    Case(name: "socket.change-group", good: ["posture"], bad: ["two words", "ü"], expected: "the name of a group"),
    Case(
      name: "socket.mode", usual: "0660", good: ["0600", "0666", "0640"],
      bad: ["660", "0777", "0060", "0400", "0668", "00660", "0o660", "-660", "+660"],
      expected: "an octal file mode from 0600 to 0666"),
    Case(
      name: "sensor.bus", good: ["/dev/i2c-1", "bcm2835 (i2c@7e804000)", "i2c-1"], bad: [],
      expected: "the path or the name of an I2C adapter, such as /dev/i2c-1"),
    Case(
      name: "sensor.model", usual: "auto",
      good: [
        "mpu-6050", "mpu-6500", "mpu-9250", "mpu-9255", "icm-20689", "icm-20602", "icm-20608", "lsm6ds3",
        "lsm6ds3tr-c", "lsm6dso", "bmi160", "lis3dh", "adxl345",
      ], bad: ["MPU-6050", "mpu6050", "mpu-6051", "any", "auto, mpu-6050"],
      expected: "auto, mpu-6050, mpu-6500, mpu-9250, mpu-9255, icm-20689, icm-20602, icm-20608, lsm6ds3, lsm6ds3tr-c, "
        + "lsm6dso, bmi160, lis3dh, adxl345"),
    Case(
      name: "sensor.address", usual: "auto", good: ["0x08", "0x1d", "0x1D", "0x68", "0x77"],
      bad: ["68", "0x07", "0x78", "0X68", "104", "0x068", "0x9", "0x+9", "0x-9", "0xGG", "any"],
      expected: "auto or 0x08 to 0x77"),
    Case(
      name: "sensor.identity", beside: "sensor.model: mpu-6050", good: ["0x00", "0x19", "0xff", "0xFF"],
      bad: ["19", "0x", "0x1", "0x100", "0X19", "0x+9", "auto"], expected: "0x00 to 0xFF"),
    Case(
      name: "sensor.mode", beside: "sensor.interrupt-line: GPIO27", usual: "fifo", good: ["polled", "data-ready"],
      bad: ["FIFO", "poll", "dataReady", "auto"], expected: "fifo, polled, data-ready"),
    Case(
      name: "sensor.batch", usual: "100 ms", good: ["20 ms", "500 ms", "0.5 s", "50000 us"],
      bad: ["100", "19.9 ms", "501 ms", "0.01 min", "-100 ms", "100 Hz"],
      expected: "0.02 s to 0.5 s, as s, ms or min"),
    Case(
      name: "sensor.interrupt-line", beside: "sensor.interrupt-chip: c", good: ["GPIO27", "27"], bad: ["GPIO 27"],
      expected: "a GPIO line's name or offset"),
    Case(
      name: "sensor.interrupt-chip", good: ["pinctrl-rp1", "/dev/gpiochip0"], bad: ["a chip"],
      expected: "a GPIO chip's label or path"),
    Case(
      name: "sensor.rate", usual: "100 Hz", good: ["20 Hz", "500Hz", "62.5 Hz"],
      bad: ["100", "100 hz", "100 s", "19.9 Hz", "500.1 Hz", "-100 Hz", "nan Hz", "1e2 Hz"], expected: "20 to 500 Hz"),
    Case(
      name: "sensor.acceleration-range", usual: "4 g", good: ["2 g", "8g", "16 g"],
      bad: ["4", "3 g", "4 G", "4 dps", "4.5 g"],
      expected: "one of 2 g, 4 g, 8 g, 16 g"),
    Case(
      name: "sensor.angular-velocity-range", usual: "500 dps", good: ["250 dps", "1000dps", "2000 dps"],
      bad: ["500", "500 deg/s", "125 dps", "500 g"], expected: "one of 250 dps, 500 dps, 1000 dps, 2000 dps"),
    Case(
      name: "sensor.calibration", usual: "/var/lib/postured/accelerometer.calibration", good: ["/c", "/a b/c"],
      bad: ["c", "./c"], expected: "an absolute path"),
    Case(
      name: "mount.forward", usual: "auto", good: ["x", "-x", "y", "-y", "z", "-z"],
      bad: ["+x", "X", "forward", "x y"],
      expected: "auto, x, -x, y, -y, z or -z"),
    Case(
      name: "motor.line", beside: "motor.chip: c", good: ["GPIO17", "17"], bad: ["GPIO 17"],
      expected: "a GPIO line's name or offset"),
    Case(
      name: "motor.chip", good: ["pinctrl-rp1", "/dev/gpiochip0"], bad: ["a chip"],
      expected: "a GPIO chip's label or path"),
    Case(name: "motor.active-low", usual: "no", good: ["yes"], bad: ["true", "No", "1", "y"], expected: "yes or no"),
    Case(
      name: "motor.pwm",
      good: [
        "pwmchip0:0", "pwmchip12:3", "/sys/class/pwm/pwmchip0:1", "/sys/devices/platform/a:b/pwm/pwmchip0:1",
        "pwmchip0:4294967295",
      ],
      bad: [
        "pwmchip0", "pwmchip0:", "pwmchip0:x", "pwmchip0:-1", "pwmchip0:4294967296", ":0", "0:0", "chip0:0",
        "pwm/pwmchip0:0", "pwmchip0/pwm1:0", "pwmchip0: 0", "pwmchip 0:0",
      ], expected: "a PWM channel, such as pwmchip0:0"),
    Case(
      name: "motor.strength", usual: "100 %", good: ["10 %", "50%", "99 %", "62.5 %"],
      bad: ["100", "0.5", "9.9 %", "100.1 %", "-50 %", "50 percent", "nan %"], expected: "10 to 100 %"),
    Case(
      name: "button.line", beside: "button.chip: c", good: ["GPIO22", "22"], bad: ["GPIO 22"],
      expected: "a GPIO line's name or offset"),
    Case(
      name: "button.chip", good: ["pinctrl-rp1", "/dev/gpiochip0"], bad: ["a chip"],
      expected: "a GPIO chip's label or path"),
    Case(name: "button.active-low", usual: "yes", good: ["no"], bad: ["true", "YES", "low"], expected: "yes or no"),
    Case(
      name: "filter.time-constant", usual: "3 s", good: ["0.2 s", "30 s", "200 ms", "0.5 min"],
      bad: ["3", "3 Hz", "0.19 s", "30.1 s", "-3 s", "1 h"], expected: "0.2 s to 30 s, as s, ms or min"),
    Case(
      name: "filter.time-constant-without-gyroscope", usual: "0.7 s", good: ["0.05 s", "30 s", "600 ms"],
      bad: ["1", "0.04 s", "31 s", "1 Hz"], expected: "0.05 s to 30 s, as s, ms or min"),
    Case(
      name: "filter.sensor-delay", usual: "4 ms", good: ["0 s", "4.8 ms", "0.1 s"],
      bad: ["4", "-1 ms", "101 ms", "4 deg"],
      expected: "0 s to 0.1 s, as s, ms or min"),
    Case(name: "reference.automatic", usual: "yes", good: ["no"], bad: ["on", "YES"], expected: "yes or no"),
    Case(
      name: "reference.window", usual: "3 s", good: ["500 ms", "1 min"], bad: ["3", "0.4 s", "61 s", "3 deg"],
      expected: "0.5 s to 60 s, as s, ms or min"),
    Case(
      name: "reference.sway", usual: "4 deg", good: ["0.5 deg", "30deg"], bad: ["4", "4 rad", "0.4 deg", "31 deg"],
      expected: "0.5 to 30 deg"),
    Case(name: "reference.choose", usual: "no", good: ["yes"], bad: ["auto", "No"], expected: "yes or no"),
    Case(
      name: "context.off-body-after", usual: "20 s", good: ["10 s", "60 min", "15000 ms", "never"],
      bad: ["20", "9.9 s", "3601 s", "Never", "no", "20 deg"],
      expected: "never, or 10 s to 3600 s, as s, ms or min"),
    Case(
      name: "detector.trigger", usual: "exposure", good: ["hold"], bad: ["Hold", "both", "hold or exposure"],
      expected: "hold or exposure"),
    Case(
      name: "reference.file", usual: "/var/lib/postured/references", good: ["/r", "/a b/r"], bad: ["r", "./r"],
      expected: "an absolute path"),
    Case(
      name: "detector.enter", usual: "15 deg", good: ["10 deg", "90 deg"], bad: ["15", "15 °", "0.9 deg", "90.1 deg"],
      expected: "1 to 90 deg"),
    Case(
      name: "detector.leave", usual: "10 deg", good: ["0.5 deg", "15 deg"], bad: ["10", "10 s", "0.4 deg", "91 deg"],
      expected: "0.5 to 90 deg"),
    Case(
      name: "detector.enter-sideways", beside: "detector.leave-sideways: 1 deg", usual: "12 deg",
      good: ["1 deg", "11.9deg", "90 deg"],
      bad: ["12", "12 °", "0.9 deg", "90.1 deg"], expected: "1 to 90 deg"),
    Case(
      name: "detector.leave-sideways", usual: "8 deg", good: ["0.5 deg", "12 deg"],
      bad: ["8", "8 s", "0.4 deg", "90.1 deg"], expected: "0.5 to 90 deg"),
    Case(
      name: "detector.enter-backward", beside: "detector.leave-backward: 1 deg", usual: "20 deg",
      good: ["1 deg", "19deg", "90 deg"],
      bad: ["20", "-20 deg", "0.9 deg", "90.1 deg"], expected: "1 to 90 deg"),
    Case(
      name: "detector.leave-backward", usual: "15 deg", good: ["0.5 deg", "20 deg"],
      bad: ["15", "15 rad", "0.4 deg", "91 deg"], expected: "0.5 to 90 deg"),
    Case(
      name: "detector.hold", usual: "10 s", good: ["0 s", "3600 s", "60 min", "1500 ms"],
      bad: ["10", "10 sec", "-1 s", "3601 s", "10 deg"], expected: "0 s to 3600 s, as s, ms or min"),
    Case(
      name: "detector.holding-time", beside: "detector.shortest-holding-time: 1 s", usual: "4 min",
      good: ["1 s", "60 min", "3600 s", "239 s"], bad: ["4", "0.9 s", "3601 s", "4 h"],
      expected: "1 s to 3600 s, as s, ms or min"),
    Case(
      name: "detector.shortest-holding-time", beside: "detector.holding-time: 60 min", usual: "60 s",
      good: ["1 s", "60 min", "61 s"], bad: ["1", "0.9 s", "3601 s", "none"],
      expected: "1 s to 3600 s, as s, ms or min"),
    Case(
      name: "detector.recovery", usual: "60 s", good: ["1 s", "2 min", "3600 s"],
      bad: ["60", "0 s", "3601 s", "never"],
      expected: "1 s to 3600 s, as s, ms or min"),
    Case(
      name: "detector.reminder", usual: "60 s", good: ["1 s", "1440 min"], bad: ["60", "0.9 s", "1441 min", "60 Hz"],
      expected: "1 s to 86400 s, as s, ms or min"),
    Case(
      name: "detector.most-reminders", usual: "3", good: ["0", "1", "100"],
      bad: ["-1", "101", "3.0", "03", "+3", "three", "3 times"], expected: "a whole number from 0 to 100"),
    Case(
      name: "cues.mode", usual: "training", good: ["tracking"], bad: ["Training", "off", "yes"],
      expected: "training or tracking"),
    Case(
      name: "cues.training-hours", usual: "none", good: ["09:00-17:30", "00:00-24:00", "08:00-12:00, 13:00-17:00"],
      bad: ["never", "9-17", "9:00-17:00", "09:00", "09:00-09:00"],
      expected: "none, or hours of the day such as 22:00-07:00, parted by commas"),
    Case(
      name: "cues.quiet-hours", usual: "none", good: ["22:00-07:00", "22:00-24:00,12:00-13:00"],
      bad: ["None", "22-7", "22:00-25:00", "24:00-07:00", "22:00-07:00,"],
      expected: "none, or hours of the day such as 22:00-07:00, parted by commas"),
    Case(
      name: "cues.snooze", usual: "10 min", good: ["1 s", "1440 min", "86400 s"],
      bad: ["10", "0.9 s", "1441 min", "1 h"], expected: "1 s to 86400 s, as s, ms or min"),
    Case(
      name: "cues.pause", usual: "30 min", good: ["1 s", "1440 min", "45 min"],
      bad: ["30", "0 s", "1441 min", "never"], expected: "1 s to 86400 s, as s, ms or min"),
    Case(
      name: "cues.refractory", usual: "20 s", good: ["0 s", "60 min", "500 ms"],
      bad: ["20", "-1 s", "3601 s", "never"],
      expected: "0 s to 3600 s, as s, ms or min"),
    Case(
      name: "cues.most-per-hour", usual: "12", good: ["1", "60"], bad: ["0", "61", "12.5", "012", "12 /h", "never"],
      expected: "a whole number from 1 to 60"),
    Case(
      name: "cues.intensity", usual: "70 %", good: ["10 %", "100%", "69.4 %"], bad: ["70", "0.7", "9.9 %", "100.1 %"],
      expected: "10 to 100 %"),
    Case(
      name: "cues.escalation", usual: "15 %", good: ["0 %", "100%"], bad: ["15", "-1 %", "100.1 %", "15 deg"],
      expected: "0 to 100 %"),
    Case(
      name: "cues.strongest", usual: "100 %", good: ["10 %", "99%"], bad: ["100", "9.9 %", "100.1 %", "nan %"],
      expected: "10 to 100 %"),
    Case(
      name: "cues.praise-within", usual: "20 s", good: ["never", "1 s", "60 min"],
      bad: ["20", "0 s", "3601 s", "none", "no"], expected: "never, or 1 s to 3600 s, as s, ms or min"),
    Case(
      name: "breaks.after", usual: "30 min", good: ["never", "60 s", "1440 min"],
      bad: ["30", "59 s", "86401 s", "none", "0 s"], expected: "never, or 60 s to 86400 s, as s, ms or min"),
    Case(
      name: "breaks.again", usual: "15 min", good: ["60 s", "1440 min"], bad: ["never", "59 s", "86401 s"],
      expected: "60 s to 86400 s, as s, ms or min"),
    Case(
      name: "breaks.most", usual: "2", good: ["1", "20"], bad: ["0", "21", "2.5"],
      expected: "a whole number from 1 to 20"),
    Case(
      name: "breaks.movement", usual: "2 min", good: ["10 s", "300 s"], bad: ["9 s", "301 s", "never"],
      expected: "10 s to 300 s, as s, ms or min"),
    Case(
      name: "recording.directory", usual: "none", good: ["/r", "/a b/c"], bad: ["r", "./r", "None"],
      expected: "none or an absolute path"),
    Case(
      name: "recording.file-length", usual: "60 min", good: ["60 s", "1440 min", "1 min"],
      bad: ["59 s", "86401 s", "1", "1 h", "never"], expected: "60 s to 86400 s, as s, ms or min"),
    Case(
      name: "recording.budget", usual: "1000 MB", good: ["10 MB", "1000000MB", "12.5 MB"],
      bad: ["1000", "9.9 MB", "1000001 MB", "1 GB", "nan MB"], expected: "10 to 1000000 MB"),
    Case(
      name: "recording.age", usual: "never", good: ["1 day", "1 days", "3650days", "7 days"],
      bad: ["7", "2 day", "0 days", "3651 days", "1.5 days", "7 d", "always", "nan days"],
      expected: "never, or 1 to 3650 days"),
    Case(
      name: "history.file", usual: "/var/lib/postured/history.db", good: ["none", "/srv/history.db"],
      bad: ["history.db", "no", "~/h"], expected: "none or an absolute path"),
    Case(
      name: "history.keep", usual: "730 days", good: ["never", "1 day", "3650 days"],
      bad: ["7", "0 days", "3651 days", "2 years"], expected: "never, or 1 to 3650 days"),
    Case(name: "programme.enabled", usual: "no", good: ["yes"], bad: ["on", "Yes", "1"], expected: "yes or no"),
    Case(
      name: "programme.shortest", beside: "programme.longest: 120 min", usual: "5 min", good: ["6 min", "120 min"],
      bad: ["4 min", "121 min", "10", "600 s", "7.5 min"], expected: "5 min to 120 min, in whole minutes"),
    Case(
      name: "programme.longest", usual: "60 min", good: ["5 min", "120 min"], bad: ["2 h", "0 min", "none"],
      expected: "5 min to 120 min, in whole minutes"),
    Case(
      name: "programme.goal", usual: "80 %", good: ["50 %", "95 %"], bad: ["49 %", "96 %", "0.8", "80"],
      expected: "50 to 95 %"),
    Case(
      name: "log.level", usual: "info", good: ["trace", "critical"], bad: ["Info", "7", "none"],
      expected: "trace, debug, info, notice, warning, error, critical"),
  ]
}
