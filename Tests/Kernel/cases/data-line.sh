# SPDX-License-Identifier: MIT
# The data line is held low, or high: what is read then is not taken for a sample.
start
wait_until 8 has_event calibrated || give_up "no reference posture is taken"
for level in zeros ones; do
  begin_fault $level 5
  recovers 6000
  # Which it is depends on what was being read.
  lasting_fault 'implausible-data|no-new-data|configuration-lost|configuration-refused|wrong-identity|overrun' 6000 2 . $level
done
steepest=$(cat watched watch | sed -n 's/.*"class":"tilt".*"total_deg":\([0-9.]*\).*/\1/p' | sort -n | tail -n 1)
between "steepest tilt of an upright wearer" "$steepest" 0 5 deg
rate 2 100
