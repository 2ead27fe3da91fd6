# SPDX-License-Identifier: MIT
"""Nanoseconds a sample, ours and VQF's C++ in turns on one machine."""
import json
import shutil
import statistics
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import vqf

import hours
from methods import BASIC, OURS, VQF
from sensor import MIDDLE, degraded
from trial import Trial

ROUNDS = 7
RUNS = 5  # in each round
SAMPLES = 100_000  # as many as `posturectl bench` takes, of the same simulated wearer
SOURCES = ("vqf.cpp", "basicvqf.cpp")


def measure(posturectl: Path, simulated_hours: Path) -> dict[str, float]:
    """The median over rounds, for each method that was measured; none where there is no C++ compiler."""
    if not shutil.which("g++"):
        return {}
    costs: dict[str, list[float]] = {OURS: [], VQF: [], BASIC: []}
    with tempfile.TemporaryDirectory() as directory:
        peer, samples = build(Path(directory)), Path(directory) / "samples.csv"
        first(degraded(hours.trial(simulated_hours, 1), MIDDLE, 0, 1), SAMPLES).write(samples)
        for _ in range(ROUNDS):
            costs[OURS].append(ours(posturectl))
            for name, nanoseconds in zip((VQF, BASIC), output(peer, samples, str(RUNS)).split()):
                costs[name].append(float(nanoseconds))
    return {name: statistics.median(rounds) for name, rounds in costs.items()}


def ours(posturectl: Path) -> float:
    """The stage `filter`, which includes turning the chip's integers into SI units."""
    for line in output(posturectl, "bench", "--json", "--runs", str(RUNS)).splitlines():
        message = json.loads(line)
        if message.get("stage") == "filter":
            return float(message["median_ns"])
    raise ValueError("posturectl bench: found no stage 'filter', expected one")


def build(directory: Path) -> Path:
    sources, program = Path(vqf.get_cpp_path()), directory / "vqf_cost"
    files = [Path(__file__).with_name("vqf_cost.cpp"), *(sources / name for name in SOURCES)]
    subprocess.run(["g++", "-std=c++17", "-O3", f"-I{sources}", *files, "-o", program], check=True)
    return program


def first(trial: Trial, count: int) -> Trial:
    return replace(
        trial, time_us=trial.time_us[:count], acceleration=trial.acceleration[:count],
        angular_velocity=trial.angular_velocity[:count])


def output(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith(("model name", "Model")):
            return line.partition(":")[2].strip()
    return "a processor without a name"
