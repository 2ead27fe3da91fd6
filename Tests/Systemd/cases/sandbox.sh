# SPDX-License-Identifier: MIT
# What the unit says of its sandbox is so: tried by a process within it, and by one without, to whom all of it is allowed.
chmod 666 /dev/ttyS0
mkdir -p /run/systemd/system/$unit.d
printf '[Service]\nExecStartPost=/rig/probe.sh /run/postured/probe\n' >/run/systemd/system/$unit.d/probe.conf
systemctl daemon-reload
start
systemctl start control.service
within() { sed -n "s/^$1 //p" /run/postured/probe; }
without() { sed -n "s/^$1 //p" /run/control/probe; }
# refused WHAT TRY REASON REASON-WITHOUT: by the sandbox, and without it not, or for another reason.
refused() {
  matches "$1" "$(within "$2")" "^$3\$"
  matches "$1, without a sandbox" "$(without "$2")" "^$4\$"
}
refused "another device that everybody may use" other-device "Operation not permitted" allowed
refused "writing into /etc" write-etc "Read-only file system" "Permission denied"
refused "writing into /usr" write-usr "Read-only file system" "Permission denied"
refused "the internet, even of this machine" internet "Address family not supported by protocol" "Connection refused"
refused "a namespace" namespace "Operation not permitted" allowed
refused "seeing other processes" see-others "No such file or directory" allowed
refused "interfaces" interfaces "lo " "lo .*dummy0 .*"
refused "more privileges" NoNewPrivs 1 0
refused "system calls" Seccomp 2 0
refused "capabilities it could ever have" CapBnd 0000000000000000 0000....[^0].*
matches "capabilities" "$(within CapEff)" '^0000000000000000$'
matches "what is kept" "$(within write-state)" '^allowed$'
matches "its adapter" "$(within i2c-device)" '^allowed$'
matches "its lines" "$(within gpio-device)" '^allowed$'
matches "nothing" "$(within null-device)" '^allowed$'
matches "real time" "$(within realtime-40)" '^allowed$'
matches "more of it" "$(within realtime-41)" '^Operation not permitted$'
matches "its groups" "$(within groups)" '^postured gpio i2c$'
# The probe is not the daemon; what the kernel shows of either is the same.
for name in NoNewPrivs Seccomp CapEff CapBnd; do
  matches "the daemon's $name" "$(sed -n "s/^$name:[[:space:]]*//p" "/proc/$daemon/status")" "^$(within $name)\$"
done
matches "the daemon's network" "$(readlink "/proc/$daemon/ns/net")" "^$(within network | sed 's/[][]/\\&/g')\$"
