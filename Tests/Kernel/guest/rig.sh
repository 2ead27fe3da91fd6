# SPDX-License-Identifier: MIT
# The words of which cases are made. A case is read after this, in a shell of its own and an empty directory.
# shellcheck shell=sh
set -u

settings=$PWD/postured.conf
socket=$PWD/postured.sock
lines=$PWD/gpio
failures=0 successes=0
# After so many seconds a wearer begins to slouch; a case may have it sooner.
upright=3600
# Seconds between two looks of wait_until.
pace=0.1

# --- Verdicts ----------------------------------------------------------------------------------------------------------------

pass() { echo "PASS $*"; successes=$((successes + 1)); }
fail() { echo "FAIL $*"; failures=$((failures + 1)); }

# give_up TEXT: nothing after this could be told.
give_up() { fail "$*"; exit 1; }

# expect TEXT COMMAND...: that the command succeeds.
expect() {
  text=$1
  shift
  if "$@"; then pass "$text"; else fail "$text"; fi
}

# between TEXT VALUE LOW HIGH UNIT: that a measured value lies within limits.
between() {
  if awk -v value="$2" -v low="$3" -v high="$4" 'BEGIN { exit !(value ~ /^-?[0-9.]+$/ && value >= low && value <= high) }'; then
    pass "$1: $2 $5 (expected $3 to $4)"
  else
    fail "$1: ${2:-nothing} $5 (expected $3 to $4)"
  fi
}

# matches TEXT VALUE PATTERN: that a text is there, and matches an extended regular expression.
matches() {
  if echo "$2" | grep -qE "$3" && [ -n "$2" ]; then pass "$1: $2"; else fail "$1: ${2:-nothing} (expected $3)"; fi
}

# Called after the case: one that has not come so far has failed, and so has one that has seen nothing.
finish() { [ $failures -eq 0 ] && [ $successes -gt 0 ] && touch passed; }

# --- Time --------------------------------------------------------------------------------------------------------------------

# Sets $now: milliseconds since the boot, in steps of 10, on the clock of every other time here.
look_at_clock() {
  read -r now _ </proc/uptime
  now=${now%.*}${now#*.}0
}

# wait_until SECONDS COMMAND...: false where the command does not succeed by then.
wait_until() {
  look_at_clock
  deadline=$((now + $1 * 1000))
  shift
  until "$@"; do
    look_at_clock
    [ "$now" -lt $deadline ] || return 1
    sleep $pace
  done
}

# --- The sensor --------------------------------------------------------------------------------------------------------------

# Plugs it in; its wearer begins to slouch after $upright seconds.
sensor() {
  [ -p control ] || mkfifo control
  touch journal
  openings=$(($(grep -c ' open$' journal) + 1))
  simulated-sensor --bus /dev/simbus --control control --journal journal --upright $upright \
    --interrupt "$lines/sim_gpio27/pull" 2>>sensor.log &
  sensor=$!
  echo $sensor >>pids
}

# Waits until its adapter is there, which takes until nobody holds the one before it any more.
plugged_in() { wait_until 10 has_opened || give_up "no adapter 10 s after the sensor was plugged in"; }
has_opened() { [ "$(grep -c ' open$' journal)" -ge $openings ]; }

# inject COMMAND: what goes wrong with it, in the words of Sensor/Fault.swift.
inject() { echo "$*" >control; }

# journal WORD: when that was noted last, in microseconds.
journal() { sed -n "s/^\([0-9]*\) $1\( .*\)*\$/\1/p" journal | tail -n 1; }

# --- The daemon --------------------------------------------------------------------------------------------------------------

# with_settings [SETTING...]: what it is to be started with; whole lines.
with_settings() {
  {
    echo "socket.path: $socket"
    echo "sensor.bus: /dev/i2c-1"
    echo "motor.line: GPIO17"
    # Soon, so that a case is short.
    echo "reference.window: 0.5 s"
    echo "detector.trigger: hold"
    echo "detector.hold: 1 s"
    # A weaker pulse is many short ones on a line that only switches.
    echo "cues.intensity: 100 %"
    for setting in "$@"; do echo "$setting"; done
  } >"$settings"
}

# Listens to it, from when it has its socket.
listen() {
  : >watch
  wait_until 5 [ -S "$socket" ] || give_up "the daemon has no socket 5 s after its start"
  posturectl watch --json --rate 10 --socket "$socket" >>watch 2>>watch.log &
  echo $! >>pids
}

# daemon [SETTING...]: starts it, and listens to it.
daemon() {
  with_settings "$@"
  postured --config "$settings" 2>>daemon.log &
  daemon=$!
  echo $daemon >>pids
  listen
}

# The very process that was started, and no zombie.
is_alive() { grep -q '^State:.[^ZX]' "/proc/$daemon/status" 2>/dev/null; }

# field NAME: of the JSON object on standard input; of one within it too.
field() { sed -n -e "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" -e "s/.*\"$1\":\([^\",}]*\)[,}].*/\1/p" | tail -n 1; }

# Takes the status; then `of NAME` is a member of it, nothing where there is none.
ask() { posturectl status --json --socket "$socket" >status 2>>status.log; }
of() { field "$1" <status; }

# rate SECONDS HZ: that so many samples come in a second, within 2 %, counted over so many seconds.
rate() {
  ask
  samples=$(of samples) time=$(of time_us)
  sleep "$1"
  ask
  samples=$(($(of samples) - samples)) time=$(($(of time_us) - time))
  between "samples a second, counted" \
    "$(awk -v n=$samples -v t=$time 'BEGIN { if (t > 0) printf "%.2f", n / t * 1e6 }')" $(($2 * 98 / 100)) $(($2 * 102 / 100)) Hz
  between "seconds between the samples counted" \
    "$(awk -v t=$time -v n="$1" 'BEGIN { printf "%.2f", t / 1e6 - n }')" -0.2 0.3 "s more than $1"
}

# accounts_for PERCENT: that since the status in the file `before` every sample that was due has come, or is counted as missing.
accounts_for() {
  ask
  between "samples that came or are counted as missing, of those that were due" "$(
    awk -v came=$(($(of samples) - $(field samples <before))) -v missing="$(of samples_missing)" \
      -v missing_before="$(field samples_missing <before)" -v time=$(($(of time_us) - $(field time_us <before))) \
      -v rate="$(of rate_hz)" 'BEGIN {
        if (missing != "" && time > 0) printf "%.2f", (came + missing - missing_before) / (time * rate / 1e6) * 100
      }'
  )" $((100 - $1)) $((100 + $1)) %
}

# heard NAME: what the daemon last told its listener.
heard() { grep '"class":"tilt"' watch | field "$1"; }
# hears NAME VALUE: whether that is what it says just now; one process, because it is asked again and again.
hears() {
  case $(tail -n 1 watch) in
    *"\"$1\":\"$2\""*) true ;;
    *) false ;;
  esac
}
is_running() { hears state running; }
has_event() { grep -q "\"event\":\"$1\"" watch; }
events() { grep -c "\"event\":\"$1\"" watch; }

# Forgets what was heard until now.
forget() {
  cat watch >>watched
  : >watch
}

# The states that were heard since then, in their order.
states() { sed -n 's/.*"class":"tilt".*"state":"\([a-z]*\)".*/\1/p' watch | uniq | tr '\n' ' '; }

# A daemon with a sensor that works, sampling.
start() {
  sensor
  plugged_in
  daemon "$@"
  wait_until 5 is_running || give_up "the daemon does not run 5 s after its start, it is $(heard state)"
}

# Ends both, for another start.
end() {
  kill "$daemon"
  wait "$daemon" || give_up "the daemon ends with $?"
  inject quit
  wait "$sensor"
}

# --- Faults and recovery -----------------------------------------------------------------------------------------------------

# Sets $recovery: milliseconds from the end of the fault, or the return of the adapter, to the next sample. Where the sensor was
# not lost, that is the chip's next answer with one; where it was, the first sample that the daemon tells of after it.
has_recovered() {
  recovery=$(awk -F '"time_us":' '
    FILENAME == "journal" {
      split($0, words, " ")
      if (words[2] == "begin") end = data = 0
      if (words[2] == "end" || words[2] == "open") { end = words[1]; data = 0 }
      if (words[2] == "data" && !data) data = words[1]
      next
    }
    !/"class":"tilt"/ { next }
    !/"state":"(running|degraded)"/ { was_lost = 1; next }
    end && data && $2 + 0 > end {
      sample = was_lost && $2 + 0 > data ? $2 + 0 : data
      printf "%.1f", (sample - end) / 1000
      exit
    }' journal watch)
  [ -n "$recovery" ]
}

# recovers MILLISECONDS: from the fault that was injected last, which is over or will be by itself.
recovers() {
  recovery=
  wait_until 20 has_recovered
  between "next sample after the end" "$recovery" 0 "$1" ms
  # It is on probation for a second.
  expect "running again, states since it began: $(states)" wait_until 3 is_running
  expect "still the same process" is_alive
}

# begin_fault COMMAND: injects it, with what is told afterwards to be compared with what was told before.
begin_fault() {
  echo "- $*"
  # A sensor that is lost as soon as it is back is left alone for longer: this is another matter.
  sleep 1.5
  ask
  cp status status-before
  forget
  inject "$*"
}

# counts NAME: that faults of that name, one word or several joined by |, were counted since the fault began.
counts() {
  ask
  counted=0
  for fault in $(echo "$1" | tr '|' ' '); do
    before=$(field "$fault" <status-before) after=$(of "$fault")
    counted=$((counted + ${after:-0} - ${before:-0}))
  done
  between "counted as $1" $counted 1 1000 "of $(sed -n 's/.*"fault_counts":{\([^}]*\)}.*/\1/p' status)"
}

# tells_of PATTERN: that it is not running just now, and says why.
tells_of() {
  ask
  matches "state" "$(of state)" '^(starting|degraded|lost|recovering)$'
  matches "it says why" "$(of fault)" "$1"
}

# fault NAME MILLISECONDS COMMAND: injects what ends by itself; the daemon recovers in time, and has counted it under that name.
fault() {
  name=$1 limit=$2
  shift 2
  begin_fault "$*"
  recovers "$limit"
  counts "$name"
}

# lasting_fault NAME MILLISECONDS SECONDS PATTERN COMMAND: the same for what is healed after so many seconds, until when the daemon
# says so in words that match the pattern.
lasting_fault() {
  name=$1 limit=$2 lasting=$3 pattern=$4
  shift 4
  begin_fault "$*"
  sleep "$lasting"
  tells_of "$pattern"
  inject heal
  recovers "$limit"
  counts "$name"
}

# --- The motor ---------------------------------------------------------------------------------------------------------------

motor_is() {
  read -r level <"$lines/sim_gpio17/value"
  [ "$level" = "$1" ]
}

# Waits for the cue that follows the slouch, until the motor has just been switched on.
wait_for_cue() {
  wait_until 6 has_event calibrated || give_up "no reference posture is taken"
  # Within the second after $upright the wearer comes to lean, and has leaned for detector.hold a second later.
  due=$(($(journal open) / 1000 + upright * 1000 + 1300))
  look_at_clock
  [ $due -le "$now" ] || sleep "$(((due - now) / 1000)).$(printf %03d $(((due - now) % 1000)))"
  pace=0.01
  wait_until 2 motor_is 1 || give_up "the motor is not on"
  pace=0.1
}

# The pulses on the motor's line since the case began: start in microseconds, length and pause after it in milliseconds.
pulses() {
  awk '
    { for (i = 1; i < NF; i++) if ($i == "gpio_value:" && $(i + 2) == "set") note(substr($(i - 1), 1, length($(i - 1)) - 1), $(i + 3)) }
    function note(time, level) {
      if (level == on) return
      on = level
      if (on) { if (length_) print start, length_, (time - end) * 1000; start = time * 1000000; length_ = 0 }
      else if (start) { length_ = time * 1000 - start / 1000; end = time }
    }
    END { if (on) print start, "endless"; else if (length_) print start, length_, "last" }
  ' OFMT=%.1f CONVFMT=%.0f /sys/kernel/tracing/trace
}
