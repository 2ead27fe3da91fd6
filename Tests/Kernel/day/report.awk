# SPDX-License-Identifier: MIT
# awk -F , -v hours=H -v seed=N -v wall=SECONDS -f report.awk first last first.process last.process faults journal events lines \
#   lines.stats kernel.log complete plan recording
#
# What came of a day, as a table; ends with 0 only where it is as it should be.
#
# Files are those that init.sh leaves, `plan`, and `events`, what a replay of the recording gives. Times are microseconds of the
# daemon's clock.
BEGIN {
  # Of the sensor, by its own clock.
  period = 10000
  # A batch is so old at most when a cue for it begins.
  latency = 1000000
  # The motor's line is requested again after so long, at most.
  patience = 5500000
}

function fail(text) { failures[++failure_count] = text }
# of(FILE, NAME): a member of a JSON object, as a text.
function of(text, name,    rest) {
  if (!match(text, "\"" name "\":")) return ""
  rest = substr(text, RSTART + RLENGTH)
  match(rest, /^("[^"]*"|[^",}]*)/)
  rest = substr(rest, 1, RLENGTH)
  gsub(/"/, "", rest)
  return rest
}
function is_motor(kind) { return kind ~ /^motor-/ }

FNR == 1 { file = FILENAME; sub(/.*\//, "", file) }

# --- The recording: first, because it is long ----------------------------------------------------------------------------------

file == "recording" && /^[0-9]/ {
  rows++
  if (rows == first_samples) offset = first_time - $1
  if (rows <= first_samples) next
  while (current < fault_count && $1 + offset >= begin[current + 1]) current++
  if (!next_sample[current] && current && $1 + offset > over[current]) next_sample[current] = $1 + offset
  next
}
file == "recording" && /^#! / {
  split($0, words, " ")
  time = words[2] + offset
  while (offset && current < fault_count && time >= begin[current + 1]) current++
  kind = current ? kinds[current] : "none"
  if (words[3] == "lost") {
    missing += words[4]
    missing_for[words[5]] += words[4]
    missing_in[kind] += words[4]
  }
  if (words[3] == "fault") {
    counted[kind]++
    is_noticed[current] = 1
    counted_as[kind, words[4]]++
    known_names[words[4]] = 1
  }
  next
}
file == "recording" { next }

# --- The small files -----------------------------------------------------------------------------------------------------------

file == "first" { first = $0; first_samples = of($0, "samples") + 0; first_time = of($0, "time_us") + 0 }
file == "last" { last = $0; last_time = of($0, "time_us") + 0 }
file == "first.process" { split($0, first_process, " ") }
file == "last.process" { split($0, last_process, " ") }
file == "faults" {
  split($0, words, " ")
  kinds[++fault_count] = words[1]
  begin[fault_count] = words[2]
  over[fault_count] = words[3]
  if (!(words[1] in times)) order[++kind_count] = words[1]
  times[words[1]]++
}
file == "journal" {
  split($0, words, " ")
  if (words[2] == "fetched") { fetched += words[3]; measured += words[4] }
  if (words[2] == "data" && !first_data) first_data = words[1]
  while (at_fault < fault_count && words[1] >= begin[at_fault + 1]) {
    at_fault++
    was_ended = 0
  }
  if (!at_fault) next
  if (words[2] == "end" || words[2] == "open") { over[at_fault] = words[1]; answered[at_fault] = 0; was_ended = 1 }
  if (words[2] == "data" && was_ended && !answered[at_fault]) answered[at_fault] = words[1]
}
file == "events" {
  split($0, words, " ")
  if (words[2] == "calibrated") note_cue(words[1], 1, "acknowledgement")
  if (/ cue=nudge/) note_cue(words[1], 2, "nudge")
  if (/ cue=reminder/) note_cue(words[1], 3, "reminder")
  if (/ cue=break/) note_break(words[1])
  # With a cue or without.
  if (words[2] == "deviated" || words[2] == "reminded") decided[++decided_count] = words[1]
}
# Two soft pulses far apart, each of them many: the motor is on for 4 ms of every 10. What comes between them takes the second's place.
function note_break(time) {
  note_cue(time, 50, "break")
  break_rest = time + 1200000
}
function note_rest_of_break(time) {
  if (break_rest && break_rest <= time) add_cue(break_rest, 50, "break")
  break_rest = 0
}
function note_cue(time, pulses, name) {
  note_rest_of_break(time)
  add_cue(time, pulses, name)
}
function add_cue(time, pulses, name) {
  cue_time[++cue_count] = time
  cue_pulses[cue_count] = pulses
  cue_name[cue_count] = name
}
file == "lines" && /gpio_value:/ {
  words_count = split($0, words, " ")
  for (i = 2; i < words_count; i++)
    if (words[i] == "gpio_value:" && words[i + 2] == "set") level(words[i - 1] * 1000000, words[i + 3])
}
function was_unplugged(from, to,    i) {
  for (i = 1; i <= fault_count; i++) if (is_motor(kinds[i]) && begin[i] <= to && over[i] >= from) return 1
  return 0
}
# Pulses less than half a second apart are one cue.
function level(time, value) {
  if (value == is_on) return
  is_on = value
  if (!value) {
    group_end[group_count] = time
    length_ = (time - pulse_start) / 1000
    short = group_pulses[group_count] == 1 && length_ >= 75 && length_ <= 95
    if (length_ > 3.5 && length_ < 4.5) group_soft[group_count]++
    else if (!short && (length_ < 145 || length_ > 165)) group_is_odd[group_count] = length_
    # One that nobody could end is none.
    if (length_ > longest_pulse && !was_unplugged(pulse_start, time)) longest_pulse = length_
    return
  }
  pulse_start = time
  if (!group_count || time - group_end[group_count] > 500000) {
    group_start[++group_count] = time
    group_pulses[group_count] = 0
  }
  group_pulses[group_count]++
}
file == "lines.stats" && /^(overrun|dropped events): [1-9]/ { fail("the kernel has not kept every level: " $0) }
file == "kernel.log" && /BUG|WARNING|Oops|Call Trace|blocked for more than|failed with error/ { fail("the kernel complains: " $0) }
file == "plan" && !/ (first|last) / { planned++ }
file == "complete" { status = $0; is_complete = 1 }

# --- The verdict ---------------------------------------------------------------------------------------------------------------

function sort(values, count,    i, j, value) {
  for (i = 2; i <= count; i++) {
    value = values[i]
    for (j = i - 1; j > 0 && values[j] > value; j--) values[j + 1] = values[j]
    values[j + 1] = value
  }
}
# As many pulses, and as long as a break's where it is one.
function is_whole(cue, group) {
  return group_pulses[group] == cue_pulses[cue] && group_soft[group] + 0 == (cue_name[cue] == "break" ? cue_pulses[cue] : 0)
}
function judge_cues(    cue, group, time, reason, whole) {
  note_rest_of_break(last_time)
  group = 1
  for (cue = 1; cue <= cue_count; cue++) {
    time = cue_time[cue] + offset
    if (time > last_time) continue
    expected++
    expected_as[cue_name[cue]]++
    while (group <= group_count && group_start[group] < time - period) unasked[group++] = 1
    found = group <= group_count && group_start[group] <= time + latency
    whole = found && is_whole(cue, group)
    if (whole && !(group in group_is_odd)) {
      given++
      group++
      continue
    }
    reason = excuse(time)
    if (reason == "motor") without_line++
    else if (reason == "sensor") without_sensor++
    else if (whole) {
      cut_short++
      fail(sprintf("the %s for what happened at %.3f s has a pulse of %.1f ms", cue_name[cue], time / 1000000, group_is_odd[group]))
    } else {
      missed++
      fail(sprintf("no %s for what happened at %.3f s, but %d pulses", cue_name[cue], time / 1000000,
        found ? group_pulses[group] : 0))
    }
    if (found) group++
  }
  for (; group <= group_count; group++) if (group_start[group] < last_time) unasked[group] = 1
  for (group in unasked) {
    unasked_count++
    fail(sprintf("%d pulses at %.3f s that nothing asked for", group_pulses[group], group_start[group] / 1000000))
  }
}
# Why there may be no whole cue: the line was not available, or the sensor was lost in the middle of it.
function excuse(time,    i) {
  for (i = 1; i <= fault_count; i++) {
    if (is_motor(kinds[i]) && time > begin[i] - latency && time < over[i] + patience) return "motor"
    else if (!is_motor(kinds[i]) && time > begin[i] - latency && time < max(next_sample[i], over[i]) + latency) return "sensor"
  }
  return ""
}
function max(a, b) { return a > b ? a : b }
function percent(part, whole) { return whole ? sprintf("%.4f %%", part / whole * 100) : "?" }
function line(name, value, text) { printf "%-22s %12s  %s\n", name, value, text }

END {
  if (!is_complete) fail("it has not come to its end")
  else if (status != 0) fail("the daemon ended with " status)
  if (!first_samples || !offset) fail("there is no beginning to compare with")
  if (fault_count != planned) fail(fault_count + 0 " of " planned " things went wrong")
  if (of(last, "state") != "running") fail("at the end its state is '" of(last, "state") "'")
  if (last_process[1] == "" || last_process[1] != first_process[1] || last_process[4] == "")
    fail("it is not the process that was started")

  printf "%s h of simulated time, seed %s, %d s on this machine\n\n", hours, seed, wall
  due = (last_process[2] - first_data) / period
  received = of(last, "samples") + 0
  missing_status = of(last, "samples_missing") + 0
  unaccounted = due - received - missing_status
  line("samples due", sprintf("%.0f", due), "by the sensor's clock, since it was first read")
  line("  put into its FIFO", measured, "by the sensor; it did not measure, or was not there, for the others")
  line("  fetched from it", fetched, "over the bus, until the daemon ended")
  line("received", received, "by the daemon; " rows " rows in its recording when it ended")
  text = ""
  for (name in missing_for) text = text (text ? ", " : "") name " " missing_for[name]
  line("missing", missing_status, text)
  line("unaccounted", sprintf("%.0f", unaccounted), percent(unaccounted, due) ", at most 0.1 %")
  if (due < 100 || unaccounted > due / 1000 || unaccounted < -due / 1000) fail("samples are unaccounted for")
  if (received > fetched) fail("more samples were received than fetched")
  if (rows < received || rows > received + 100) fail("the recording has " rows " rows, the daemon received " received)

  printf "\n%-15s %5s %9s %12s %12s  %s\n", "what went wrong", "times", "missing", "median, ms", "worst, ms", "counted as"
  for (i = 1; i <= kind_count; i++) {
    kind = order[i]
    count = 0
    for (j = 1; j <= fault_count; j++) {
      if (kinds[j] != kind || is_motor(kind)) continue
      if (!next_sample[j] || (!answered[j] && kind != "pause"))
        fail(sprintf("no sample after the %s at %.0f s", kind, begin[j] / 1000000))
      if (!is_noticed[j]) unnoticed[kind]++
      recovery[++count] = (max(next_sample[j], answered[j]) - over[j]) / 1000
    }
    sort(recovery, count)
    text = ""
    for (name in known_names) if ((kind, name) in counted_as) text = text (text ? ", " : "") name " " counted_as[kind, name]
    if (unnoticed[kind]) text = text (text ? "; " : "") "no fault " unnoticed[kind]
    printf "%-15s %5d %9d %12s %12s  %s\n", kind, times[kind], missing_in[kind],
      count ? sprintf("%.1f", recovery[int((count + 1) / 2)]) : "-", count ? sprintf("%.1f", recovery[count]) : "-", text
  }
  if ("none" in counted || "none" in missing_in)
    printf "%-15s %5s %9d %12s %12s  %s\n", "(nothing)", "", missing_in["none"], "", "", counted["none"] + 0 " faults"
  print ""
  line("faults counted", of(last, "faults"), "by the daemon, of " fault_count " things that went wrong")

  judge_cues()
  text = ""
  for (name in expected_as) text = text (text ? ", " : "") name " " expected_as[name]
  print ""
  line("cues expected", expected, "by a replay of the recording: " text)
  line("given", given, "pulses on the line, as many and as long as they should be")
  line("line not available", without_line + 0, "")
  line("sensor lost meanwhile", without_sensor + 0, "")
  line("cut short", cut_short + 0, "as many pulses, but one is not as long as it should be")
  line("missed, unasked", (missed + 0) ", " (unasked_count + 0), "")
  line("longest pulse", sprintf("%.1f", longest_pulse), "ms, at most 1000")
  if (longest_pulse > 1000) fail("the motor was on for too long")
  told = of(last, "deviations") + of(last, "reminders")
  replayed = 0
  for (i = 1; i <= decided_count; i++) if (decided[i] + offset <= last_time) replayed++
  line("deviations, reminders", told, "told by the daemon; " replayed " by the replay")
  if (told != replayed) fail("the replay comes to other decisions than the daemon")
  if (expected < 1) fail("no cue was expected")

  printf "\n"
  line("process", last_process[1], "the same from start to end; ended with " status)
  line("resident, kB", first_process[3] " > " last_process[3], "")
  line("descriptors", first_process[4] " > " last_process[4], "")
  line("threads", first_process[5] " > " last_process[5], "")
  if (last_process[4] > first_process[4]) fail("descriptors were left open")
  if (last_process[3] > first_process[3] + 4096) fail("memory was not given back")

  printf "\n"
  for (i = 1; i <= failure_count && i <= 20; i++) print "FAIL " failures[i]
  if (failure_count > 20) print "FAIL and " failure_count - 20 " more"
  exit failure_count > 0
}
