#!/bin/sh
# SPDX-License-Identifier: MIT
# machine.sh SECONDS SEED KERNEL INITRD WORDS [OPTION...]: starts an emulated machine with a directory of prepare.sh, an initrd, further
# words for the kernel and options for QEMU, passes it what it is told and prints what it says; at last, where that is not 0, what QEMU ended with.
#
# Time in the machine is counted in instructions (2 ns each, about a Pi Zero) and skips what it sleeps: the load of the machine
# around it changes nothing, and a run repeats to the millisecond. What the kernel is spared are self-tests, a third of its start.
set -u
limit=$1 seed=$2 kernel=$3 initrd=$4 words=$5
shift 5
{
  timeout -k 5 "$limit" qemu-system-x86_64 -accel tcg -icount shift=1,sleep=off -seed "$seed" \
    -rtc base=2026-01-01,clock=vm -M q35 -cpu Nehalem,+rdrand -nodefaults -no-user-config -display none -no-reboot \
    -kernel "$kernel/vmlinux" -initrd "$initrd" \
    -append "console=ttyS0 quiet panic=-1 mitigations=off audit=0 nokaslr cryptomgr.notests initcall_blacklist=load_system_certificate_list $words" \
    -serial stdio -device isa-debug-exit,iobase=0x501,iosize=1 "$@" 2>&1 || echo "rig: QEMU ended with $?"
} | sed -u 's,\r$,,'
