# SPDX-License-Identifier: MIT
# This systemd finds nothing wrong with the unit, and little exposed.
file=/usr/lib/systemd/system/$unit
systemd-analyze verify --man=no $file >verify 2>&1
status=$?
expect "verify ends with $status" [ $status -eq 0 ]
expect "and says nothing: $(cat verify)" [ ! -s verify ]
exposure() { systemd-analyze security --offline=yes --no-pager "$1" 2>&1 | sed -n 's/.*exposure level for .*: \([0-9.]*\) .*/\1/p'; }
between "exposure" "$(exposure $file)" 0 1.0 ""
between "exposure without a sandbox" "$(exposure /etc/systemd/system/control.service)" 9 10 ""
