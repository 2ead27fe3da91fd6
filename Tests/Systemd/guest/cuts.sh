# SPDX-License-Identifier: MIT
# The machine of the power cuts: told `go ROUND` it has a disk, reads what the round before left there, and stores reference
# postures for as long as it lives. Round 0 finds an empty disk; told `end ROUND` it does not store.
rm -rf /run/case
mkdir /run/case
cd /run/case || exit 1
. /rig/rig.sh
. /rig/chip.sh
trap - EXIT
plug_chip || exit 1
sensor
plugged_in
systemctl stop $unit
# A command is taken with the next sample; storing follows on storing.
with_settings "sensor.mode: polled"
# Whatever has to be read from files has been, before the machine is kept.
socat -V >/dev/null
posturectl --help >/dev/null

say() { echo "$*" >/dev/ttyS0; }
ask_for() { echo "$1" | socat -t 5 - "UNIX-CONNECT:$socket" | tail -n 1; }
state=/var/lib/postured

# What a careless program would leave: written in place, in two parts.
careless() {
  number=0
  while :; do
    number=$((number + 1))
    { echo "$number begin"; sleep 0.02; echo "$number end"; } >/var/lib/careless
  done
}

is_whole() {
  [ "$(wc -l </var/lib/careless)" = 2 ] && [ "$(sed -n '1s/ .*//p' /var/lib/careless)" = "$(sed -n '2s/ .*//p' /var/lib/careless)" ]
}

say "waiting"
# What comes while the machine is being taken up again may be cut short.
word=
until [ "$word" = go ] || [ "$word" = end ]; do read -r word round; done </dev/ttyS0
modprobe -a ext4 virtio_blk virtio_pci
wait_until 5 [ -b /dev/vda ] || { say "lost: there is no disk"; exit 1; }
# Without what ext4 does for programs that rename a file before it has reached the disk; other file systems do not.
mount -t ext4 -o noauto_da_alloc,commit=1 /dev/vda /var/lib || { say "lost: the disk cannot be mounted"; exit 1; }
if [ "$round" = 0 ]; then
  mkdir $state
  cat >$state/accelerometer.calibration <<END
accelerometer-calibration: 1
sensor: MPU-6050 at 0x68
offset: 38120 -25410 51033 ug
scale: -7937 4021 -12110 ppm
taken: 2026-01-01T00:00:00Z
poses: 9
residual-before: 50.83 mg
residual: 0.41 mg
worst: 0.90 mg
END
  chown -R postured:postured $state
  # It was stored long ago.
  sync
fi
under_way=$([ -e "$state/references~" ] && echo yes || echo no)
systemctl start $unit || { say "lost: the unit does not start: $(log | tail -n 3)"; exit 1; }
wait_until 5 [ -S $socket ]

if [ "$round" != 0 ]; then
  # The sensor has been found, so both files have been read and compared with it.
  ask
  says="$(log | grep -iE 'damaged|none is kept|not used|not stored')$(of calibration_fault)$(of references_fault)"
  say "found $round references=$(posturectl reference | sed 's/, in use//' | sort | tr '\n' '+') calibrated=$(of accelerometer_calibrated)" \
    "fault=${says:-none} under-way=$under_way careless=$(is_whole && echo whole || echo torn)"
fi
[ "$word" = go ] || exit 0

if [ "$round" = 0 ]; then
  for name in sitting standing car; do
    ask_for "{\"class\":\"calibrate\",\"reference\":\"$name\"}" >/dev/null
    knows() { posturectl reference | grep -q "$name"; }
    wait_until 10 knows || { say "lost: no reference $name is taken"; exit 1; }
  done
fi
careless &
say "storing $round"
# One is in use after another, as fast as the daemon takes it.
mkfifo asked answered
socat - "UNIX-CONNECT:$socket" <asked >answered &
exec 4>asked 5<answered
read -r greeting <&5 && [ -n "$greeting" ] || { say "lost: the daemon does not answer"; exit 1; }
count=0
while :; do
  for name in sitting standing car; do
    echo "{\"class\":\"use-reference\",\"reference\":\"$name\"}" >&4
    read -r answer <&5
    count=$((count + 1))
    sleep 0.01
  done
  say "asked for $count; $answer"
done
