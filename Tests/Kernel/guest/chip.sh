# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# A GPIO chip as on a Pi, new for each case and in its directory: the motor on 17, the button on 22, the sensor's data-ready pin on 27.
chip=/sys/kernel/config/gpio-sim/rig
plug_chip() {
  mkdir -p $chip/bank0
  echo 28 >$chip/bank0/num_lines
  echo pinctrl-sim >$chip/bank0/label
  for line in 17 22 27; do
    mkdir $chip/bank0/line$line
    echo GPIO$line >$chip/bank0/line$line/name
  done
  echo 1 >$chip/live
  ln -s "/sys/devices/platform/$(cat $chip/dev_name)/$(cat $chip/bank0/chip_name)" gpio
}
unplug_chip() {
  echo 0 >$chip/live
  rmdir $chip/bank0/line* $chip/bank0 $chip
}
