# SPDX-License-Identifier: MIT
# The bus hangs for a few transfers, and for longer.
start
fault timeout 500 timeout 1
fault timeout 6000 timeout 3
lasting_fault timeout 6000 3 'does not answer in time' timeout
rate 2 100
