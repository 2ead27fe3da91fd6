# SPDX-License-Identifier: MIT
# The hours of the day are those of the machine's time zone, also of one that it was given since the daemon started.
upright=600
zone=/etc/localtime
# Zones without a name, nine hours east and universal: a header, the counts, one offset, its name.
make_zone() {
  printf 'TZif\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000' >"$zone.new"
  printf '\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\001\000\000\000\004' >>"$zone.new"
  printf '\000\000%b\000\000%s\000' "$1" "$2" >>"$zone.new"
  mv "$zone.new" "$zone"
}
make_zone '\000\000' UTC
hour=$(date -u +%H)
hour=${hour#0}
start "cues.quiet-hours: $(printf '%02d:00-%02d:00' $(((hour + 8) % 24)) $(((hour + 11) % 24)))"
wait_until 6 has_event calibrated || give_up "no reference posture is taken"
expect "it is not quiet in universal time" [ "$(events quiet-begun)" = 0 ]
make_zone '\176\220' +09
wait_until 5 has_event quiet-begun
expect "it is quiet nine hours further east" has_event quiet-begun
make_zone '\000\000' UTC
wait_until 5 has_event quiet-ended
expect "and no longer at home" has_event quiet-ended
rm -f "$zone"
expect "still the same process" [ "$(property MainPID)" = "$daemon" ]
