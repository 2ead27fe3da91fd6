# SPDX-License-Identifier: MIT
# Run as a unit of the booted machine: makes the hardware, runs the cases of the plan, and says how it went.
export PATH=/usr/sbin:/usr/bin SYSTEMD_PAGER= SYSTEMD_COLORS=0 SYSTEMD_URLIFY=0 COLUMNS=200

# Ends the machine; QEMU's exit status is then 2 * code + 1. Never 0, which would make QEMU's own failure.
end() {
  printf "\\$(printf %03o "$1")" | dd of=/dev/port bs=1 seek=$((0x501)) 2>/dev/null
  sleep 60
}

# i2c-dev is loaded by the unit. Beside lo there is a network, for the unit not to see.
modprobe -a configfs simbus gpio-sim dummy || end 17
mountpoint -q /sys/kernel/tracing || mount -t tracefs tracefs /sys/kernel/tracing || end 17
mountpoint -q /sys/kernel/config || mount -t configfs configfs /sys/kernel/config || end 17
echo mono >/sys/kernel/tracing/trace_clock
echo 1 >/sys/kernel/tracing/events/gpio/gpio_value/enable
echo 1 >/sys/kernel/tracing/events/i2c/enable

echo "machine: $(systemctl --version | head -n 1), Linux $(uname -r), up $(cut -d' ' -f1 /proc/uptime) s"
if grep -qw rig.cuts /proc/cmdline; then
  sh /rig/cuts.sh
  sleep 1
  end 16
fi
passed=0 failed=
for name in $(cat /rig/plan); do
  if sh /rig/case.sh "$name"; then passed=$((passed + 1)); else failed="$failed $name"; fi
  # Where a case has been ended by force.
  systemctl stop postured.service
done
echo
if [ -z "$failed" ] && [ $passed -gt 0 ] && [ $passed -eq "$(wc -w </rig/plan)" ]; then
  echo "machine: all $passed cases passed, up $(cut -d' ' -f1 /proc/uptime) s"
  end 16
fi
echo "machine: $passed cases passed; failed:$failed; up $(cut -d' ' -f1 /proc/uptime) s"
end 17
