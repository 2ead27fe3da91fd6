# SPDX-License-Identifier: MIT
"""What is asked of the daemons, so that every answer and every member of one is seen."""

import contextlib
import os
import signal
import sqlite3
import time

import metrics
from daemon import PATIENCE, Client, Daemon

WRONG = [
    "", "halt", "Status", '"status"', "[]", "{", "{}", '{"class":5}', '{"class":"halt"}', '{"class":"status","rate_hz":1}',
    '{"class":"status","colour":1}', '{"class":"watch","rate_hz":0}', '{"class":"watch","rate_hz":"5"}',
    '{"class":"watch","fields":["tilt"]}', '{"class":"watch","fields":"state"}', '{"class":"watch","events":1}',
    '{"class":"watch","rate_hz":null}', '{"class":"events","since":-1}', '{"class":"events","since":0.5}',
    '{"class":"events","follow":"yes"}', '{"class":"samples","since":1}', '{"class":"stop","for_s":5}',
    '{"class":"metrics","text":""}', "use-reference", "forget-reference", "mode", '{"class":"mode","mode":"off"}',
    '{"class":"use-reference","reference":"bed"}', '{"class":"calibrate","bending":1}', '{"class":"why","number":0}',
    '{"class":"why","number":1.5}', '{"class":"snooze","for_s":0.5}', '{"class":"pause","for_s":86401}',
    '{"class":"save","last_s":61}', "mark", '{"class":"mark","word":"Ouch!"}', '{"class":"mark","word":"a","last_s":0}',
    "forget", '{"class":"forget","last_s":5}', '{"class":"forget","all":false}', '{"class":"forget","all":true,"last_s":60}',
    '{"class":"record","for_s":0.5}', '{"class":"resume","for_s":5}', "session-steps", "session",
    '{"class":"session-steps","steps":[]}', '{"class":"session-steps","steps":[{"for_s":0.5,"words":"a"}]}',
    '{"class":"session-steps","steps":[{"for_s":5,"words":"a","cue":"nudge"}]}', '{"class":"session","title":""}',
    '{"class":"session-steps","steps":[{"for_s":5,"words":"a","colour":1}]}', '{"class":"session-status","follow":1}',
]

# Fixtures, and the member of an event that each shows.
PLAYED = {"reminders": "number", "tracking": "suppressed", "gap": "gap_s", "unsettled-calibration": "reason"}

# The user nobody of Debian (base-passwd).
NOBODY = 65534

SETTINGS = "detector.trigger: hold\ncues.most-per-hour: 60\n"


def hold_all(bin, project, directory, schema):
    ask_a_wearer(bin, directory, schema)
    calibrate_the_sensor(bin, directory, schema)
    ask_without_hardware(bin, directory, schema)
    ask_without_history(bin, directory, schema)
    with clock_at_noon():
        follow_a_programme(bin, directory, schema)
    ask_as_somebody_else(bin, directory, schema)
    for name, wanted in PLAYED.items():
        play(bin, project, directory, schema, name, wanted)


def ask_a_wearer(bin, directory, schema):
    settings = os.path.join(directory, "settings")
    write(settings, SETTINGS)
    with Daemon(bin, directory, "wearer", "--simulate", "--speed", "20", "--config", settings, "--history", os.path.join(directory, "history.db")) as daemon:
        with Client(daemon, schema) as client:
            client.wait(lambda status: status["has_reference"])
            ask_everything(client, daemon, settings)
            for line in WRONG:
                client.ask_wrongly(line)
            client.send(" " * 2000)
            client.expect("error")
        with Client(daemon, schema) as client:
            run_a_session(client)
            watch(client)
            follow(client)
            take_samples(client)
            metrics.check(client)


def ask_everything(client, daemon, settings):
    for request in ("version", "status", "settings", "why", "programme", "sensor-calibration"):
        client.ask(request)
    client.ask("snooze", "done")
    client.ask("snooze", "done", for_s=600)
    client.wait(lambda status: status.get("silence") == "snooze" and status["silence_left_s"] > 0)
    client.ask("resume", "done")
    client.ask("pause", "done", for_s=1)
    client.ask("pause", "done")
    client.ask("resume", "done")
    client.ask("mode", "done", mode="tracking")
    client.ask("mode", "done", mode="training")
    client.ask("mark", "done", word="false-cue")
    client.ask("mark", "done", word="walking", last_s=2.5)
    client.ask("forget", "done", last_s=60)
    client.ask("forget", "done", before_s=0)
    client.ask("forget", "done", all=True)
    client.ask("keep-reference", "done")
    client.ask("use-reference", "done", reference="standing")
    client.ask("forget-reference", "done", reference="car")
    client.ask("calibrate", reference="standing", bending=True)
    client.ask("why", number=50)
    client.ask("save", "trace-part", last_s=1)
    client.until("saved")
    client.ask("record")
    client.expect("trace-part")
    client.ask_amid("stop", "done")
    client.until("recorded")
    client.ask("record", for_s=1)
    client.until("recorded")
    write(settings, SETTINGS + "socket.mode: 0600\ndetector.hold: 8 s\n")
    daemon.process.send_signal(signal.SIGHUP)
    end = time.monotonic() + PATIENCE
    while not any("after_restart" in one for one in client.ask("settings")["settings"]):
        expect(time.monotonic() < end, "a changed setting")


def run_a_session(client):
    """To its end, and once more, which another client stops."""
    expect(client.ask("session-status", "session") == {"class": "session", "is_running": False}, "no session")
    still = {"for_s": 6, "cue": "release", "check": "still", "words": "Rest \u2013 and be still."}
    moving = {"for_s": 5, "check": "moving", "words": "Move."}
    client.ask("session-steps", "done", steps=[{"for_s": 1, "cue": "step", "words": "Begin."}])
    client.ask("session-steps", "done", steps=[still, moving])
    client.ask("session", title="A try")
    expect(client.expect("session-step")["number"] == 1, "the first step")
    running = client.ask_amid("session-status", "session", follow=True)[-1]
    expect({"title", "step", "words"} <= running.keys(), f"a session that runs, found {running}")
    expect(client.ask_amid("status")[-1].get("session") == "A try", "its title in the status")
    told = client.until("session-ended")
    expect([one["check"] for one in told if one["class"] == "session-check"] == ["still", "moving"], "two checks")
    ended = told[-1]
    expect(ended["ended_by"] == "finished" and ended["steps_done"] == 3, f"an end, found {ended}")
    expect({"still_share", "moved_share"} <= ended.keys(), f"shares, found {ended}")
    client.ask("session-steps", "done", steps=[{"for_s": 600, "words": "Wait."}])
    client.ask("session", title="Too long")
    client.until("session-step")
    client.ask_amid("session-stop", "done")
    expect(client.until("session-ended")[-1]["ended_by"] == "stopped", "a session that was stopped")


def watch(client):
    client.ask("watch")
    message = client.until("tilt")[-1]
    expect({"state", "posture", "motor_on", "time_us"} <= message.keys(), f"whole tilts, found {message}")
    client.ask_amid("stop", "done")
    client.ask("watch", rate_hz=100, fields=["posture"], events=False)
    for _ in range(20):
        message = client.expect("tilt")
        expect(message.keys() <= {"class", "time_us", "posture"}, f"chosen members, found {message}")
    client.ask_amid("stop", "done")


def follow(client):
    """An event that happens while the client follows comes once, with the next number."""
    past = client.ask_amid("events", since=0, follow=True)
    numbers = [message["event_number"] for message in past[:-1]]
    expect(numbers == list(range(1, past[-1]["newest"] + 1)), f"numbers from 1 on, found {numbers}")
    told = client.ask_amid("mode", "done", mode="tracking") + client.until("event")
    first = next(message for message in told if message["class"] == "event")
    expect(first["event_number"] == past[-1]["newest"] + 1, f"the next number, found {first}")
    client.ask_amid("stop", "done")
    again = client.ask_amid("events", since=1)
    expect(again[-1]["run"] == past[-1]["run"] and again[0]["event_number"] == 2, f"the same run, found {again[-1]}")


def take_samples(client):
    client.ask("samples")
    times = []
    while len(times) < 500:
        batch = client.expect("sample-batch")
        lengths = {len(batch[name]) for name in ("time_us", "acceleration_m_s2", "angular_velocity_rad_s", "raw")}
        expect(lengths == {len(batch["time_us"])}, f"lists of one length, found {lengths}")
        times += batch["time_us"]
    steps = [later - earlier for earlier, later in zip(times, times[1:])]
    expect(max(steps) < 15_000 and min(steps) > 5_000, f"every sample at 100 Hz, found steps up to {max(steps)} us")
    client.ask_amid("stop", "done")


def calibrate_the_sensor(bin, directory, schema):
    path = os.path.join(directory, "calibration")
    with Daemon(bin, directory, "poses", "--scenario", "six-poses", "--speed", "20", "--calibration", path) as daemon:
        with Client(daemon, schema) as client:
            client.wait(lambda status: status["state"] == "running")
            client.ask("calibrate-sensor")
            while "fit" not in client.until("pose")[-1]:
                pass
            client.ask_amid("apply-sensor-calibration", "sensor-calibration")
            client.ask("status")
            client.ask("clear-sensor-calibration", "sensor-calibration")
    write(path, "this is none\n")
    with Daemon(bin, directory, "damaged", "--simulate", "--calibration", path) as daemon:
        with Client(daemon, schema) as client:
            client.wait(lambda status: "calibration_fault" in status and "levelling_after" in status)
            expect("fault" in client.ask("sensor-calibration"), "a fault")


def ask_without_hardware(bin, directory, schema):
    """Neither the adapter nor the motor's line is there."""
    settings = os.path.join(directory, "hardware")
    write(settings, "sensor.bus: /dev/i2c-nowhere\nmotor.chip: nowhere\nmotor.line: GPIO17\n")
    with Daemon(bin, directory, "nowhere", "--config", settings) as daemon:
        with Client(daemon, schema) as client:
            client.ask("watch")
            client.wait(lambda status: "fault" in status and "motor_fault" in status)


def ask_without_history(bin, directory, schema):
    """What is to be stored finds no place."""
    history = os.path.join(directory, "nowhere", "history.db")
    with Daemon(bin, directory, "forgetful", "--simulate", "--speed", "20", "--history", history) as daemon:
        with Client(daemon, schema) as client:
            client.wait(lambda status: "history_fault" in status)


@contextlib.contextmanager
def clock_at_noon():
    """Daemons live where it is noon, so that today is as long as is needed on either side."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = f"NOON{time.gmtime().tm_hour - 12:+d}"
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before


def follow_a_programme(bin, directory, schema):
    """Three weeks of training and probes, and half of today's."""
    settings = os.path.join(directory, "programme")
    history = os.path.join(directory, "programme.db")
    write(settings, "programme.enabled: yes\n")
    arguments = ["--simulate", "--speed", "20", "--config", settings, "--history", history]
    with Daemon(bin, directory, "first-day", *arguments) as daemon:
        with Client(daemon, schema) as client:
            while not client.ask("programme")["has_plan"]:
                time.sleep(0.1)
    write_days(history)
    with Daemon(bin, directory, "later-day", *arguments) as daemon:
        with Client(daemon, schema) as client:
            while (answer := client.ask("programme")).get("stage") != "training":
                expect(not answer["has_plan"], f"a training, found {answer}")
                time.sleep(0.1)
            expect(answer["learning"] == "improved" and answer["probes"] == 11, f"what was learnt, found {answer}")


def write_days(history):
    """Days as the daemon would have stored them, in a run that began 20 days ago."""
    with contextlib.closing(sqlite3.connect(history)) as database, database:
        database.execute("DELETE FROM minute")
        run = database.execute(
            "INSERT INTO run (began, clock, source, version) VALUES (?, 'confirmed', 'simulated', '0')",
            [int(time.time()) - 20 * 86400 - 3600]).lastrowid
        for day in range(21):
            probe = [(2, 300 + 10 * day, 600)] * 15 if day % 2 == 0 else []
            # Of today's training, 5 minutes.
            training = [(1, 600, 0)] * (5 if day == 20 else 10)
            for minute, (block, upright, silent) in enumerate(probe + training):
                database.execute(
                    "INSERT INTO minute VALUES (?, ?, 600, 0, 0, 0, 0, 0, 0, ?, ?, 0, 0, 0, ?, 0, 0, 0, 0, ?)",
                    [run, day * 1440 + minute, upright, 600 - upright, silent, block])


def ask_as_somebody_else(bin, directory, schema):
    """A user who may ask and change nothing; only root can be one."""
    if os.geteuid() != 0:
        return
    settings = os.path.join(directory, "open")
    write(settings, "socket.mode: 0666\n")
    os.chmod(directory, 0o755)
    with Daemon(bin, directory, "other", "--simulate", "--config", settings) as daemon:
        # Whose a connection is, is settled when it is made (unix(7), SO_PEERCRED).
        os.seteuid(NOBODY)
        try:
            client = Client(daemon, schema)
        finally:
            os.seteuid(0)
        with client:
            client.ask("status")
            refusal = client.ask("resume", "error")
            expect(refusal.get("code") == "not-permitted", f"a refusal, found {refusal}")


def play(bin, project, directory, schema, name, wanted):
    """The events of a fixture, up to the one that is wanted."""
    trace = os.path.join(project, "Fixtures", name + ".trace")
    with Daemon(bin, directory, name, "--trace", trace, "--speed", "10") as daemon:
        with Client(daemon, schema) as client:
            client.put("events", {"follow": True})
            while wanted not in client.until("event", "events")[-1]:
                pass
            client.ask_amid("why")


def expect(condition, what):
    if not condition:
        raise SystemExit(f"protocol: expected {what}")


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
