# SPDX-License-Identifier: MIT
"""All that is compared, in the order of the tables."""
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import ahrs_methods
import fusion_methods
import ours
import vqf_methods
from trial import Trial
from vectors import Vectors

OURS = "**postured**"
LAG = "postured, 3 s later"
VQF = "VQF"
BASIC = "BasicVQF"


@dataclass(frozen=True)
class Method:
    name: str
    note: str
    estimate: Callable[[Trial], Vectors]
    is_causal: bool = True
    is_slow: bool = False
    """In plain Python, and so not run everywhere."""


def all_methods(program: Path) -> list[Method]:
    lag = [
        Method(LAG, "`--lag 3`: the estimate of 3 s ago, with what came since",
               lambda trial: ours.replayed(program, trial, "--lag", "3"), is_causal=False)
    ] if ours.has_lag(program) else []
    return [Method(OURS, "`posturectl replay --estimates`", lambda trial: ours.replayed(program, trial)), *lag, *PEERS]


CALIBRATED = "gyroscope calibrated"
PEERS = [
    Method(VQF, "`VQF`, its defaults", vqf_methods.online),
    Method("VQF calibrated", f"the same, {CALIBRATED}", vqf_methods.online_calibrated),
    Method("VQF tuned", f"{CALIBRATED}; " + ", ".join(f"`{k}` {v:g}" for k, v in vqf_methods.TUNED.items()),
           vqf_methods.tuned),
    Method("VQF for large bias", ", ".join(f"`{k}` {v:g}" for k, v in vqf_methods.FOR_LARGE_BIAS.items()),
           vqf_methods.for_large_bias),
    Method(BASIC, f"`BasicVQF`, its defaults, {CALIBRATED}", vqf_methods.basic),
    Method("Fusion", "`Ahrs`, its defaults", fusion_methods.defaults),
    Method("Fusion recommended", "as its documentation recommends: gain 0.5, rejection 10 degrees, 5 s; with `Bias`",
           fusion_methods.recommended),
    Method("Fusion tuned", ", ".join(f"`{k}` {v:g}" for k, v in fusion_methods.TUNED.items())
           + f"; with `Bias`, {CALIBRATED}", fusion_methods.tuned),
    Method("Madgwick", "`ahrs`, its default gain 0.033", ahrs_methods.madgwick, is_slow=True),
    Method("Madgwick tuned", f"gain {ahrs_methods.MADGWICK['gain']:g}, {CALIBRATED}", ahrs_methods.madgwick_tuned,
           is_slow=True),
    Method("Mahony", "`ahrs`, its default gains 1 and 0.3", ahrs_methods.mahony, is_slow=True),
    Method("Mahony tuned", f"gains {ahrs_methods.MAHONY['k_P']:g} and {ahrs_methods.MAHONY['k_I']:g}, {CALIBRATED}",
           ahrs_methods.mahony_tuned, is_slow=True),
    Method("complementary", f"`ahrs`, roll and pitch each by itself, 0.98, {CALIBRATED}", ahrs_methods.complementary),
    Method("offline VQF", f"`offlineVQF`, {CALIBRATED}: **looks ahead**", vqf_methods.offline, is_causal=False),
]
