# SPDX-License-Identifier: MIT
# Transfers fail for every reason that an adapter gives.
start
fault bus-fault 6000 errno 5 4  # EIO
fault no-acknowledge 6000 errno 6 4  # ENXIO
fault arbitration-lost 6000 errno 11 4  # EAGAIN
fault busy 6000 errno 16 4  # EBUSY
fault adapter-gone 6000 errno 19 4  # ENODEV
fault bus-fault 6000 errno 71 4  # EPROTO
fault timeout 6000 errno 110 4  # ETIMEDOUT
rate 2 100
