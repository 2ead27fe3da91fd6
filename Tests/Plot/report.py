# SPDX-License-Identifier: MIT
"""report.py BIN PICTURES: pages of posturectl report, in a browser: on screens, in the dark, and on paper."""
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

from browser import Browser

BIN, PICTURES = sys.argv[1:3]
HOSTILE = "</title></script><script>window.hacked=1</script><img src=http://127.0.0.1:9/x onerror=window.hacked=1>"
UNTIL = "2026-11-27"
SHEETS = 2
failures = []
checks = 0


def check(what, is_so, found=""):
    global checks
    checks += 1
    if not is_so:
        failures.append(f"{what}: {found}" if found != "" else what)
        print(f"FAILED {failures[-1]}"[:400])


def control(*arguments):
    subprocess.run([f"{BIN}/posturectl", *arguments], check=True, stdout=subprocess.DEVNULL)


def crowd(path):
    """As much of everything as a history may hold, and all of it hostile."""
    with sqlite3.connect(path) as database:
        run, last = database.execute("SELECT run, max(minute) FROM minute WHERE run = (SELECT max(run) FROM minute)").fetchone()
        lines = "".join(f"setting-{i}.{'very-' * 30}long: {HOSTILE}\n" for i in range(200))
        database.execute("UPDATE settings SET text = ?", (lines,))
        for i in range(30):
            database.execute("INSERT OR REPLACE INTO fault VALUES (?, ?, ?, 1000000)", (run, last, f"{i} {HOSTILE}"))
            database.execute(
                "INSERT OR REPLACE INTO session VALUES (?, ?, ?, 900, 900, 20, 20, 50, 50, 'finished')",
                (run, last * 600 + i, f"{i} {HOSTILE}"))
            database.execute(
                "INSERT OR REPLACE INTO cue VALUES (?, ?, 'suppressed', NULL, NULL, NULL, 0, ?, NULL, NULL)",
                (run, last * 600 + i, f"{i} {HOSTILE}"))


def make(directory):
    """Name and page, of each kind of report."""
    database = f"{directory}/weeks/history.db"
    control("demo", "-o", f"{directory}/weeks", "--until", UNTIL)
    control("demo", "-o", f"{directory}/year", "--until", UNTIL, "--days", "371", "--trainee", "erratic")
    control("demo", "-o", f"{directory}/day", "--until", UNTIL, "--days", "1")
    control("demo", "-o", f"{directory}/full", "--until", UNTIL, "--hours", "15")
    pages = [("four weeks", f"{directory}/weeks/report.html"), ("a full day", f"{directory}/full/report.html")]
    control("demo", "-o", f"{directory}/crowd", "--until", UNTIL)
    crowd(f"{directory}/crowd/history.db")
    for name, source, options in (
        ("crowded", f"{directory}/crowd/history.db", ["--weeks", "4", "--until", UNTIL, "--title", HOSTILE]),
        ("a year", f"{directory}/year/history.db", ["--weeks", "53", "--until", UNTIL]),
        ("one day", f"{directory}/day/history.db", ["--weeks", "1", "--until", UNTIL]),
        ("no day", database, ["--weeks", "4", "--until", "2020-01-10"]),
        ("hostile", database, ["--weeks", "2", "--until", UNTIL, "--title", HOSTILE]),
    ):
        page = f"{directory}/{name.replace(' ', '-')}.html"
        control("report", "--database", source, "-o", page, *options)
        pages.append((name, page))
    return pages


def fits(browser, name, page):
    """Nothing is cut or moved sideways on any screen, and no label stands on another."""
    for width, kind in ((390, "phone"), (320, "small phone"), (820, "tablet"), (1200, "desktop")):
        browser.open(page, width, 844, scale=2 if width < 500 else 1, touch=width < 500)
        wide = browser.evaluate("document.documentElement.scrollWidth")
        check(f"{name}: a {kind} need not scroll sideways", wide <= width, wide)
        check(f"{name}, {kind}: only the file itself is asked for", browser.requests() == ["file://" + page])
        check(f"{name}, {kind}: nothing to complain about", browser.complaints() == [], browser.complaints())
        cut = browser.evaluate(
            "[...document.querySelectorAll('svg.chart')].flatMap((s) => { const b = s.getBoundingClientRect();"
            " return [...s.querySelectorAll('text')].filter((t) => { const r = t.getBoundingClientRect();"
            " return r.left < b.left - 1 || r.right > b.right + 1 || r.top < b.top - 1 || r.bottom > b.bottom + 1; })"
            ".map((t) => t.textContent); })")
        check(f"{name}, {kind}: no label is cut", cut == [], cut)
        over = browser.evaluate(
            "[...document.querySelectorAll('svg.chart')].flatMap((s) => { const all = [...s.querySelectorAll('text')]"
            ".map((t) => [t.textContent, t.getBoundingClientRect()]); const bad = [];"
            " for (let i = 0; i < all.length; i++) for (let j = i + 1; j < all.length; j++) {"
            " const [a, b] = [all[i][1], all[j][1]]; if (a.left < b.right - 1 && b.left < a.right - 1 &&"
            " a.top < b.bottom - 4 && b.top < a.bottom - 4) bad.push(all[i][0] + ' on ' + all[j][0]); } return bad; })")
        check(f"{name}, {kind}: no label stands on another", over == [], over[:5])
        browser.shut()


def prints(browser, name, page, directory):
    browser.open(page, dark=True)
    browser.media("print", dark=True)
    ink = browser.evaluate("getComputedStyle(document.documentElement).color")
    check(f"{name}: paper is light, whatever the screen is", ink == "rgb(27, 31, 36)", ink)
    path = f"{directory}/paper.pdf"
    browser.pdf(path, own_size=True)
    with open(path, "rb") as file:
        data = file.read()
    sheets = len(re.findall(rb"/Type\s*/Page[^s]", data))
    check(f"{name}: prints on {SHEETS} sheets at most", 1 <= sheets <= SHEETS, sheets)
    boxes = {tuple(round(float(n)) for n in box.split()) for box in re.findall(rb"/MediaBox\s*\[([^\]]*)\]", data)}
    check(f"{name}: of A4", len(boxes) == 1 and all(abs(b[2] - 595) < 2 and abs(b[3] - 842) < 2 for b in boxes), boxes)
    browser.shut()


def is_dark(browser, page):
    browser.open(page, dark=True)
    paper = browser.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    check("dark where that is preferred", paper == "rgb(20, 23, 26)", paper)
    browser.shut()


def is_safe(browser, page):
    browser.open(page)
    check("nothing of the title runs", browser.evaluate("window.hacked") is None)
    title = browser.evaluate("document.querySelector('h1').textContent")
    check("the title is shown as it is", title == HOSTILE, title)
    browser.shut()


def take_pictures(browser, pages):
    if not PICTURES:
        return
    os.makedirs(PICTURES, exist_ok=True)
    for name, page in pages:
        name = "report-" + name.replace(" ", "-")
        for kind, options in (
            ("desktop", {}), ("dark", {"dark": True}), ("phone", {"width": 390, "height": 844, "scale": 2, "touch": True}),
        ):
            browser.open(page, **options)
            browser.screenshot(f"{PICTURES}/{name}-{kind}.png")
            browser.shut()
        browser.open(page)
        browser.pdf(f"{PICTURES}/{name}-print.pdf", own_size=True)
        browser.shut()


def main():
    with tempfile.TemporaryDirectory() as directory:
        pages = make(directory)
        browser = Browser()
        try:
            for name, page in pages:
                fits(browser, name, page)
                prints(browser, name, page, directory)
            is_dark(browser, pages[0][1])
            for name in ("hostile", "crowded"):
                is_safe(browser, dict(pages)[name])
            take_pictures(browser, pages)
        finally:
            browser.close()
    print(f"report: {checks - len(failures)} of {checks} checks passed")
    sys.exit(1 if failures else 0)


main()
