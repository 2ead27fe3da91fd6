# SPDX-License-Identifier: MIT
# The chip answers and measures no more.
start
lasting_fault no-new-data 6000 2 . stopped
rate 2 100
