# SPDX-License-Identifier: MIT
# A motor line that another program holds does not keep it from sampling, and is taken once it is free.
base=$(cat /sys/class/gpio/gpiochip*/base)
echo $((base + 17)) >/sys/class/gpio/export || give_up "the line cannot be held"
upright=12
start
ask
expect "it samples" [ "$(of samples)" -gt 0 ]
matches "it says what the motor lacks" "$(of motor_fault)" .
sleep 2
echo $((base + 17)) >/sys/class/gpio/unexport
motor_works() { ask; [ -z "$(of motor_fault)" ]; }
wait_until 8 motor_works
expect "the motor's fault is gone: $(of motor_fault)" [ -z "$(of motor_fault)" ]
wait_until 15 has_event deviated || give_up "the slouch is not noticed"
sleep 1
pulses | tee pulses
between "pulses of the cue" "$(awk '$2 > 145 && $2 < 160' pulses | wc -l)" 2 2 ""
expect "still the same process" is_alive
