#!/bin/busybox sh
# SPDX-License-Identifier: MIT
# Process 1 of the machine: the daemon and its sensor for as many hours as the plan is long, and what goes wrong meanwhile.
#
# What comes of it is left in a directory of the machine around it, /result here:
#
#   journal      what befell the sensor (Sensor/SensorServer.swift)
#   faults       KIND BEGIN END: what was made to happen, in microseconds of the daemon's clock
#   recording    the daemon's
#   daemon.log   what it said
#   first, last  its answers to `status`, soon after the start and at the end; first.process, last.process: PID UPTIME RSS
#                DESCRIPTORS THREADS
#   lines        the levels that the lines were driven to
#   complete     there where it came to its end; the status with which the daemon ended
/bin/busybox --install -s /bin
export PATH=/bin
mkdir -p /proc /sys /dev /run /tmp /result
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
exec </dev/console >/dev/console 2>&1

end() {
  echo "machine: $*, up $(cut -d' ' -f1 /proc/uptime) s"
  halt -f
}

mount -t hostfs hostfs /result || end "no directory for the result"
for kind in tracefs:tracing configfs:config; do
  mount -t "${kind%:*}" "${kind%:*}" "/sys/kernel/${kind#*:}" || end "no ${kind%:*}"
done
insmod /modules/simbus.ko || end "no simbus"
echo mono >/sys/kernel/tracing/trace_clock
echo 1 >/sys/kernel/tracing/events/gpio/gpio_value/enable
# A program that asks for random numbers waits until there are some.
dd if=/dev/random of=/dev/null bs=1 count=1 2>/dev/null

# Sets $now, in microseconds, in steps of 10000.
look_at_clock() {
  read -r now _ </proc/uptime
  now=${now%.*}${now#*.}0000
}
# wait_until SECONDS COMMAND...
wait_until() {
  look_at_clock
  deadline=$((now + $1 * 1000000))
  shift
  until "$@"; do
    look_at_clock
    [ "$now" -lt $deadline ] || return 1
    sleep 0.1
  done
}

# --- The hardware ------------------------------------------------------------------------------------------------------------

# plug_chip [HOLDER]: the motor's line, GPIO17; another may hold it. It is its chip's only one, because the kernel never gives the
# number of a line anew that was in use when its chip vanished (gpiod_free without a chip), and has 512.
chip=/sys/kernel/config/gpio-sim/rig
plug_chip() {
  mkdir -p $chip/bank0/line0
  echo pinctrl-sim >$chip/bank0/label
  echo GPIO17 >$chip/bank0/line0/name
  if [ $# -gt 0 ]; then
    mkdir $chip/bank0/line0/hog
    echo "$1" >$chip/bank0/line0/hog/name
    echo input >$chip/bank0/line0/hog/direction
  fi
  echo 1 >$chip/live || end "the GPIO chip cannot be plugged in"
}
unplug_chip() {
  echo 0 >$chip/live || end "the GPIO chip cannot be unplugged"
  [ ! -d $chip/bank0/line0/hog ] || rmdir $chip/bank0/line0/hog
  rmdir $chip/bank0/line0 $chip/bank0 $chip
}

# Each sensor has a wearer of its own, and so another day.
seed=$(cat /rig/seed)
plug_sensor() {
  simulated-sensor --bus /dev/simbus --control /run/control --journal /result/journal --endless "$seed" 2>>/result/sensor.log &
  sensor=$!
  seed=$((seed + 1))
}
inject() { echo "$*" >/run/control; }

# --- What goes wrong ---------------------------------------------------------------------------------------------------------

# befall KIND SECONDS COUNT: the kinds that are a count end by themselves, the others are healed after so many seconds.
befall() {
  look_at_clock
  began=$now
  case $1 in
    nack | zeros-read | ones-read | hang | error)
      case $1 in
        nack) inject nack "$3" ;;
        zeros-read) inject zeros "$3" ;;
        ones-read) inject ones "$3" ;;
        hang) inject timeout "$3" ;;
        error) inject errno 5 "$3" ;;
      esac
      ;;
    no-answer) inject nack && sleep "$2" && inject heal ;;
    stuck-bus) inject timeout && sleep "$2" && inject heal ;;
    zeros | ones | frozen | stopped) inject "$1" && sleep "$2" && inject heal ;;
    brown-out) inject reset ;;
    wrong-chip) inject identity 0x3F && inject reset && sleep "$2" && inject heal ;;
    late-answer) inject stall "$2"000 ;;
    pause) kill -STOP "$daemon" && sleep "$2" && kill -CONT "$daemon" ;;
    adapter-gone)
      inject quit
      wait "$sensor"
      sleep "$2"
      plug_sensor
      ;;
    motor-gone) unplug_chip && sleep "$2" && plug_chip ;;
    motor-held) unplug_chip && plug_chip another && sleep "$2" && unplug_chip && plug_chip ;;
    *) end "unknown kind $1" ;;
  esac
  look_at_clock
  echo "$1 $began $now" >>/result/faults
}

# --- The daemon --------------------------------------------------------------------------------------------------------------

# ask NAME: how it is.
ask() {
  posturectl status --json --socket /run/postured.sock >/result/"$1" 2>/result/"$1".error
  {
    look_at_clock
    echo "$daemon $now"
    sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$daemon/status"
    find "/proc/$daemon/fd" -type l | wc -l
    sed -n 's/^Threads:[^0-9]*//p' "/proc/$daemon/status"
  } 2>/dev/null | tr '\n' ' ' >/result/"$1".process
}
is_running() { posturectl status --json --socket /run/postured.sock 2>/dev/null | grep -q '"state":"running"'; }
is_alive() { grep -q '^State:.[^ZX]' "/proc/$daemon/status" 2>/dev/null; }

mkfifo /run/control
: >/result/faults
plug_chip
plug_sensor
wait_until 10 [ -e /dev/i2c-1 ] || end "no adapter"
cat >/run/postured.conf <<END
socket.path: /run/postured.sock
sensor.bus: /dev/i2c-1
motor.line: GPIO17
detector.trigger: hold
cues.intensity: 100 %
cues.praise-within: never
cues.most-per-hour: 60
END
postured --config /run/postured.conf --record /result/recording 2>/result/daemon.log &
daemon=$!
wait_until 10 is_running || end "the daemon does not run"
look_at_clock
zero=$now

echo "machine: Linux $(uname -r), the day begins, up $(cut -d' ' -f1 /proc/uptime) s"
# AT KIND SECONDS COUNT, AT in seconds since the day began.
while read -r at kind seconds count; do
  look_at_clock
  wait=$((zero + at * 1000000 - now))
  [ $wait -le 0 ] || sleep "$((wait / 1000000)).$(printf %06d $((wait % 1000000)))"
  is_alive || break
  case $kind in
    first | last) ask "$kind" ;;
    *) befall "$kind" "$seconds" "$count" ;;
  esac
done </rig/plan

kill "$daemon"
wait "$daemon"
status=$?
inject quit
wait "$sensor"
cat /sys/kernel/tracing/trace >/result/lines
cat /sys/kernel/tracing/per_cpu/cpu0/stats >/result/lines.stats
dmesg >/result/kernel.log
echo $status >/result/complete
end "the day is over"
