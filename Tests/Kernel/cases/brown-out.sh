# SPDX-License-Identifier: MIT
# The supply drops for a moment, and the chip forgets how it was set up.
start
fault 'configuration-lost|no-new-data' 1500 reset
rate 2 100
