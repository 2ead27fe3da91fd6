#!/bin/busybox sh
# SPDX-License-Identifier: MIT
# Process 1 of the machine: makes the hardware, runs the cases of the plan, and says how it went.
/bin/busybox --install -s /bin
export PATH=/bin
mkdir -p /proc /sys /dev /run /tmp
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
exec </dev/ttyS0 >/dev/ttyS0 2>&1

# Ends the machine; QEMU's exit status is then 2 * code + 1. Never 0, which would make QEMU's own failure.
end() {
  printf "\\$(printf %03o "$1")" | dd of=/dev/port bs=1 seek=$((0x501)) 2>/dev/null
  poweroff -f
}

for module in /modules/*.ko; do
  insmod "$module" || end 17
done
mount -t tracefs tracefs /sys/kernel/tracing || end 17
mount -t configfs configfs /sys/kernel/config || end 17

# The kernel notes each level that is driven and each transfer, with the daemon's own clock.
echo mono >/sys/kernel/tracing/trace_clock
echo 1 >/sys/kernel/tracing/events/gpio/gpio_value/enable
echo 1 >/sys/kernel/tracing/events/i2c/enable

echo "machine: Linux $(uname -r), up $(cut -d' ' -f1 /proc/uptime) s"
passed=0 failed=
for name in $(cat /rig/plan); do
  if sh /rig/case.sh "$name"; then passed=$((passed + 1)); else failed="$failed $name"; fi
done
echo
if [ -z "$failed" ] && [ $passed -gt 0 ] && [ $passed -eq "$(wc -w </rig/plan)" ]; then
  echo "machine: all $passed cases passed, up $(cut -d' ' -f1 /proc/uptime) s"
  end 16
fi
echo "machine: $passed cases passed; failed:$failed; up $(cut -d' ' -f1 /proc/uptime) s"
end 17
