# SPDX-License-Identifier: MIT
# The sensor does not acknowledge: once, and for several transfers in a row.
start
fault no-acknowledge 250 nack 1
fault no-acknowledge 6000 nack 8
rate 2 100
