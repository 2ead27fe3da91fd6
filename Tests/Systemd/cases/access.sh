# SPDX-License-Identifier: MIT
# A member of the group may ask, somebody else may not; nobody else reads what is kept.
start
matches "the socket is of" "$(stat -c '%U:%G %a' $socket)" '^postured:postured 660$'
matches "a member is told" "$(as member posturectl status --json 2>&1 | cut -c 1-40)" '"class":"status"'
matches "somebody else" "$(as outsider posturectl status --json 2>&1)" 'not permitted|denied|may not'
expect "and fails" [ "$(as outsider posturectl status >/dev/null 2>&1; echo $?)" -ne 0 ]
matches "what is kept is of" "$(stat -c '%U:%G %a' /var/lib/postured)" '^postured:postured 750$'
matches "the settings are of" "$(stat -c '%U:%G' /etc/postured /etc/postured/postured.conf | uniq)" '^root:root$'
