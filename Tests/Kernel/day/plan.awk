# SPDX-License-Identifier: MIT
# awk -v hours=H -v seed=N -f plan.awk: what goes wrong on a day, and when; a line each: AT KIND SECONDS COUNT.
#
# Every two to six minutes one thing; each kind once before any comes again.

# At least low and less than high. Park and Miller's generator, whose products are exact in any awk.
function random(low, high) {
  state = state * 16807 % 2147483647
  return low + (high - low) * state / 2147483647
}
# kind NAME SECONDS COUNT: the longest and the largest; 0 where it has none.
function kind(name, seconds, count) {
  kinds++
  names[kinds] = name
  longest[kinds] = seconds
  largest[kinds] = count
}

BEGIN {
  state = (seed * 7919 + 12345) % 2147483646 + 1
  kind("nack", 0, 8)
  kind("error", 0, 8)
  kind("hang", 0, 4)
  kind("zeros-read", 0, 8)
  kind("ones-read", 0, 8)
  kind("no-answer", 10, 0)
  kind("stuck-bus", 10, 0)
  kind("zeros", 10, 0)
  kind("ones", 10, 0)
  kind("frozen", 10, 0)
  kind("stopped", 10, 0)
  kind("brown-out", 0, 0)
  kind("wrong-chip", 10, 0)
  kind("late-answer", 4, 0)
  kind("pause", 5, 0)
  kind("adapter-gone", 20, 0)
  kind("motor-gone", 60, 0)
  kind("motor-held", 60, 0)

  end = hours * 3600
  print 90, "first", 0, 0
  # The last leaves time to recover from it.
  for (at = random(120, 360); at < end - 120; at += random(120, 360)) {
    if (!left) for (left = 0; left < kinds; left++) bag[left + 1] = left + 1
    pick = int(random(1, left + 1))
    number = bag[pick]
    bag[pick] = bag[left--]
    printf "%d %s %d %d\n", at, names[number], longest[number] ? random(1, longest[number] + 1) : 0,
      largest[number] ? random(1, largest[number] + 1) : 0
  }
  printf "%d last 0 0\n", end
}
