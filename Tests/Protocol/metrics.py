# SPDX-License-Identifier: MIT
"""The metrics, as OpenMetrics' reference parser reads them."""

from prometheus_client.openmetrics.parser import text_string_to_metric_families

EXPECTED = {
    "postured_build_info", "postured_uptime_seconds", "postured_clients", "postured_events", "postured_state",
    "postured_samples", "postured_samples_missing", "postured_publications_lost", "postured_deviations", "postured_cues",
    "postured_cues_suppressed", "postured_worn_seconds", "postured_judged_seconds", "postured_leaning_seconds",
    "postured_motor_on", "postured_motor_cut_offs", "postured_posture", "postured_context", "postured_sensor_info",
}


def check(client):
    before = client.ask("status")
    text = client.ask("metrics")["text"]
    families = {family.name: family for family in text_string_to_metric_families(text)}
    if missing := EXPECTED - families.keys():
        raise SystemExit(f"metrics: missing are {sorted(missing)}")
    for family in families.values():
        if not family.documentation or family.type not in ("counter", "gauge") or not family.samples:
            raise SystemExit(f"metrics: expected help, a counter or a gauge and a value, found {family}")
    for name in ("posture", "context", "state"):
        if sum(sample.value for sample in families["postured_" + name].samples) != 1:
            raise SystemExit(f"metrics: expected one {name}, found {families['postured_' + name].samples}")
    for name in ("samples", "deviations"):
        value = families["postured_" + name].samples[0].value
        if not before[name] <= value <= before[name] + 10_000:
            raise SystemExit(f"metrics: {name}: found {value}, expected about {before[name]}")
