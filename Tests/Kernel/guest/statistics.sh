# SPDX-License-Identifier: MIT
# Every kind of fault, twenty times each, at moments that the seed decides: how long until the next sample?
repetitions=20

# Sleeps 1.5 to 2.5 s: long enough for the sensor to count as well again, and long enough for every phase of what it does.
state=$(cat /rig/seed)
sleep_at_random() {
  state=$(((state * 1103515245 + 12345) % 2147483648))
  milliseconds=$((1500 + state / 65536 % 1000))
  sleep "$((milliseconds / 1000)).$(printf %03d $((milliseconds % 1000)))"
}

# kind NAME HEALED-AFTER COMMAND...: HEALED-AFTER is 0 where it ends by itself.
kind() {
  name=$1 healed_after=$2
  shift 2
  ask
  cp status before
  : >recoveries
  for round in $(seq $repetitions); do
    sleep_at_random
    forget
    inject "$*"
    if [ "$*" = quit ]; then
      wait "$sensor"
      sensor
    elif [ "$healed_after" != 0 ]; then
      sleep "$healed_after"
      inject heal
    fi
    if wait_until 20 has_recovered && wait_until 2 is_running; then
      echo "$recovery" >>recoveries
    else
      fail "$name: no recovery the $round. time"
      break
    fi
  done
  printf '%-34s median %8s ms, worst %8s ms, of %s\n' "$name" "$(sort -n recoveries | sed -n "$((repetitions / 2))p")" \
    "$(sort -n recoveries | tail -n 1)" "$(wc -l <recoveries)"
  # Over everything that befell it.
  accounts_for 1
}

echo "seed $(cat /rig/seed)"
start
kind "no acknowledge, one transfer" 0 nack 1
kind "no acknowledge, three transfers" 0 nack 3
kind "no acknowledge, eight transfers" 0 nack 8
kind "no acknowledge, 1 s" 1 nack
kind "transfer fails, four times" 0 errno 5 4
kind "bus hangs, one transfer" 0 timeout 1
kind "bus hangs, three transfers" 0 timeout 3
kind "bus hangs, 2 s" 2 timeout
kind "clock held for 1.2 s" 0 stall 1200
kind "zeros, five reads" 0 zeros 5
kind "zeros, 1 s" 1 zeros
kind "ones, five reads" 0 ones 5
kind "ones, 1 s" 1 ones
kind "chip measures no more, 1 s" 1 stopped
kind "chip repeats itself, 2 s" 2 frozen
kind "brown-out" 0 reset
kind "adapter unplugged, plugged in" 0 quit
expect "still the same process" is_alive
