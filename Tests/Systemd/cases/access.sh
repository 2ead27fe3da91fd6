# SPDX-License-Identifier: MIT
# A member of the one group may ask, of the other change things too, and somebody else may neither; nor does anybody read what is kept.
start
matches "the socket is of" "$(stat -c '%U:%G %a' "$socket")" '^postured:postured 660$'
matches "a member of postured is told" "$(as reader posturectl status --json 2>&1 | cut -c 1-40)" '"class":"status"'
snoozes() { as "$1" posturectl snooze 20min >said 2>&1; }
expect "and may not change anything" [ "$(snoozes reader; echo $?)" -ne 0 ]
matches "which it is told" "$(cat said)" 'postured-control'
# A command is taken with the next samples.
sleep 0.5
ask
expect "nothing is changed" [ -z "$(of silence)" ]
expect "one of postured-control too may" snoozes wearer
sleep 0.5
ask
matches "cues are off by" "$(of silence)" '^snooze$'
expect "somebody else is not told anything" [ "$(as outsider posturectl status >said 2>&1; echo $?)" -ne 0 ]
matches "but why" "$(cat said)" 'may not be used'
matches "what is kept is of" "$(stat -c '%U:%G %a' /var/lib/postured)" '^postured:postured 750$'
matches "the settings are of" "$(stat -c '%U:%G' /etc/postured /etc/postured/postured.conf | uniq)" '^root:root$'
