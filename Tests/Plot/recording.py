# SPDX-License-Identifier: MIT
"""A long recording: somebody who sits, breathes and slouches now and then, as a trace."""
import math
import random

HEADER = """# posture-trace: 1
# title: {title}
# sensor: MPU-6050
# rate: 100 Hz
# acceleration: 8192 LSB/g, range 4 g
# angular-velocity: 65.5 LSB/dps, range 500 dps
# axes: x forward, y left, z up
time_us,ax,ay,az,gx,gy,gz
"""


def write(path, seconds, title, seed=1):
    """Every ten minutes a slouch of up to 30 degrees for five of them."""
    chance = random.Random(seed)
    noise = [chance.gauss(0, 12) for _ in range(9973)]
    angle = 0.0
    with open(path, "w") as file:
        file.write(HEADER.format(title=title))
        lines = []
        for i in range(seconds * 100):
            time = i / 100
            aim = 10 + 20 * ((time // 600 * 7) % 3) / 2 if 200 < time % 600 < 500 else 0
            before = angle
            angle += max(-0.2, min(0.2, aim - angle)) * 0.5
            breath = 0.4 * math.sin(time * 1.6)
            turn = (angle - before) * 100 + 0.4 * 1.6 * math.cos(time * 1.6)
            tilt = math.radians(angle + breath)
            n = [noise[(i * 7 + k * 1237) % 9973] for k in range(6)]
            lines.append(
                f"{i * 10000},{-8192 * math.sin(tilt) + n[0]:.0f},{n[1]:.0f},{8192 * math.cos(tilt) + n[2]:.0f},"
                f"{n[3] / 3:.0f},{65.5 * turn + n[4] / 3:.0f},{n[5] / 3:.0f}\n")
            if len(lines) == 10000:
                file.writelines(lines)
                lines = []
        file.writelines(lines)
