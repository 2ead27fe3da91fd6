# SPDX-License-Identifier: MIT
"""check.py BIN PROJECT PICTURES: pages of posturectl plot, in a browser."""
import os
import statistics
import subprocess
import sys
import tempfile

import recording
from browser import Browser

BIN, PROJECT, PICTURES = sys.argv[1:4]
HOSTILE = "</title></script><script>window.hacked=1</script><img src=http://127.0.0.1:9/x onerror=window.hacked=1>"
failures = []
checks = 0


def check(what, is_so, found=""):
    global checks
    checks += 1
    if not is_so:
        failures.append(f"{what}: {found}" if found != "" else what)
        print(f"FAILED {failures[-1]}"[:400])


def plot(trace, output):
    subprocess.run([f"{BIN}/posturectl", "plot", trace, "-o", output], check=True, stderr=subprocess.DEVNULL)


def label(browser):
    return browser.evaluate("document.getElementById('chart').getAttribute('aria-label')")


def drawn(browser):
    """What is drawn, as a number: the pixels' own."""
    return browser.evaluate(
        "[...document.getElementById('chart').toDataURL()].reduce((h, c) => (h * 31 + c.charCodeAt(0)) | 0, 0)")


def is_shown(browser, selector):
    return browser.evaluate(f"document.querySelector('{selector}').getClientRects().length > 0")


def loads_alone(browser, page):
    check("only the file itself is asked for", browser.requests() == ["file://" + page], browser.requests())
    check("nothing to complain about", browser.complaints() == [], browser.complaints())


def moves(browser, page):
    """Wheel, drag, keys and buttons change what is shown, and back again."""
    browser.open(page)
    box = browser.evaluate(
        "(() => { const b = document.getElementById('chart').getBoundingClientRect(); return [b.x, b.y, b.width]; })()")
    x, y = box[0] + box[2] / 2, box[1] + 150
    whole, first = label(browser), drawn(browser)
    browser.mouse("mouseMoved", x, y)
    values = browser.evaluate("document.getElementById('values').textContent")
    check("the pointer's place is told", "forward" in values and "exposure" in values, values)
    browser.mouse("mouseWheel", x, y, deltaX=0, deltaY=-400)
    zoomed = label(browser)
    check("the wheel zooms", zoomed != whole and drawn(browser) != first, zoomed)
    browser.mouse("mousePressed", x, y, button="left", buttons=1, clickCount=1)
    browser.mouse("mouseMoved", x + 120, y, button="left", buttons=1)
    browser.mouse("mouseReleased", x + 120, y, button="left", clickCount=1)
    check("dragging moves", label(browser) != zoomed, label(browser))
    browser.evaluate("document.getElementById('chart').focus()")
    for key, text in (("ArrowRight", None), ("+", "+"), ("ArrowLeft", None), ("-", "-"), ("n", "n")):
        before = label(browser)
        browser.key(key, text)
        check(f"the key {key} does something", label(browser) != before, before)
    words = browser.evaluate("document.getElementById('words').textContent")
    check("an event is told", "calibrated" in words, words)
    browser.evaluate("document.querySelector('button[data-event=\"1\"]').click()")
    browser.frame()
    words = browser.evaluate("document.getElementById('words').textContent")
    check("the table leads to the event", "You leaned" in words and "There was no cue because" in words, words)
    browser.key("0", "0")
    browser.mouse("mouseMoved", 5, 5)
    browser.evaluate("document.getElementById('chart').blur()")
    browser.frame()
    check("the whole is shown again", label(browser) == whole, label(browser))
    check("to the last pixel", drawn(browser) == first)
    loads_alone(browser, page)


def pinches(browser, page):
    browser.open(page, 360, 740, scale=2, touch=True)
    width = browser.evaluate("document.documentElement.scrollWidth")
    check("a phone need not scroll sideways", width <= 360, width)
    top = browser.evaluate("document.getElementById('chart').getBoundingClientRect().y")
    before = label(browser)

    def touch(kind, *places):
        points = [{"x": x, "y": top + 150, "id": i} for i, x in enumerate(places)]
        browser.call("Input.dispatchTouchEvent", type=kind, touchPoints=points)
        browser.frame()

    touch("touchStart", 150, 210)
    touch("touchMove", 120, 240)
    touch("touchMove", 90, 270)
    touch("touchEnd")
    check("two fingers zoom", label(browser) != before, before)
    loads_alone(browser, page)


def still(browser, page):
    """Without a script, and on paper, the whole is there."""
    browser.open(page, script=False)
    check("without a script the still picture is shown", is_shown(browser, ".still svg"))
    check("and the canvas is not", not is_shown(browser, "#chart"))
    browser.open(page, dark=True)
    check("with one it is the other way round", is_shown(browser, "#chart") and not is_shown(browser, ".still svg"))
    browser.media("print", dark=True)
    check("on paper there is the still picture", is_shown(browser, ".still svg") and not is_shown(browser, "#chart"))
    ink = browser.evaluate("getComputedStyle(document.documentElement).color")
    check("paper is light, whatever the screen is", ink == "rgb(27, 31, 36)", ink)


def is_dark(browser, page):
    browser.open(page, dark=True)
    paper = browser.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    check("dark where that is preferred", paper == "rgb(20, 23, 26)", paper)
    pixel = browser.evaluate(
        "[...document.getElementById('chart').getContext('2d').getImageData(1, 1, 1, 1).data].join()")
    check("the canvas too", pixel == "20,23,26,255", pixel)


def is_safe(browser, page):
    """What a trace says stays text; and the policy would hold if it did not."""
    browser.open(page)
    check("nothing of the title runs", browser.evaluate("window.hacked") is None)
    title = browser.evaluate("document.querySelector('h1').textContent")
    check("the title is shown as it is", title == HOSTILE, title)
    loads_alone(browser, page)
    # The control: what an injected element would do.
    blocked = browser.evaluate(
        "(async () => { const blocked = []; addEventListener('securitypolicyviolation', (e) =>"
        " blocked.push(e.effectiveDirective)); const s = document.createElement('script'); s.textContent ="
        " 'window.hacked = 1'; document.body.append(s); const i = document.createElement('img'); i.src ="
        " 'http://127.0.0.1:9/x'; document.body.append(i); await fetch('http://127.0.0.1:9/').catch(() => 0);"
        " const p = document.createElement('p'); p.setAttribute('style', 'color: red'); document.body.append(p);"
        " await new Promise((r) => setTimeout(r, 200)); return [...new Set(blocked)].sort(); })()")
    expected = ["connect-src", "img-src", "script-src-elem", "style-src-attr"]
    check("the policy blocks scripts, pictures, styles and requests", blocked == expected, blocked)
    check("and a script did not run", browser.evaluate("window.hacked") is None)


def is_fast(browser, page):
    """Fifty steps through an hour; told, not judged."""
    browser.open(page)
    steps = browser.evaluate(
        "(async () => { const c = document.getElementById('chart'); const b = c.getBoundingClientRect();"
        " const times = []; const frame = () => new Promise((r) => requestAnimationFrame(r));"
        " for (let i = 0; i < 50; i++) { await frame(); const start = performance.now();"
        " const pans = i % 2 === 1; c.dispatchEvent(new WheelEvent('wheel', { clientX: b.x + b.width * (0.3 + i % 5 / 10),"
        " deltaX: pans ? 80 : 0, deltaY: pans ? 0 : i < 25 ? -150 : 120, cancelable: true })); await frame();"
        " times.push(performance.now() - start); } return times; })()")
    drawing = browser.evaluate(
        "(async () => { const c = document.getElementById('chart'); c.focus(); let spent = 0; const real ="
        " window.requestAnimationFrame; window.requestAnimationFrame = (f) => real((t) => { const s = performance.now();"
        " f(t); spent += performance.now() - s; }); for (let i = 0; i < 50; i++) { c.dispatchEvent(new KeyboardEvent("
        "'keydown', { key: i % 2 ? 'ArrowRight' : i < 25 ? '+' : '-' })); await new Promise((r) => real(() => real(r)));"
        " } window.requestAnimationFrame = real; return spent / 50; })()")
    print(
        f"plot: an hour at 100 Hz, 50 steps of zoom and pan: {statistics.median(steps):.1f} ms a step in the middle, "
        f"{max(steps):.1f} ms at most, from the wheel to the frame; {drawing:.1f} ms of it to draw")
    check("each step was drawn", len(steps) == 50)
    loads_alone(browser, page)


def opens_all(browser, directory):
    """Every fixture, with its labels where it has any."""
    names = sorted(n.removesuffix(".trace") for n in os.listdir(f"{PROJECT}/Fixtures") if n.endswith(".trace"))
    for name in names:
        page = f"{directory}/{name}.html"
        plot(f"{PROJECT}/Fixtures/{name}.trace", page)
        browser.open(page)
        browser.evaluate("document.querySelector('button[data-do=next]').click()")
        browser.frame()
        complaints = browser.complaints()
        check(f"{name} opens without complaint", complaints == [], complaints)
        browser.shut()
    check("there are fixtures", len(names) > 0)


def take_pictures(browser, pages):
    if not PICTURES:
        return
    os.makedirs(PICTURES, exist_ok=True)
    for name, page in pages:
        for kind, options in (
            ("desktop", {}), ("dark", {"dark": True}), ("phone", {"width": 360, "height": 740, "scale": 2, "touch": True}),
        ):
            browser.open(page, **options)
            browser.screenshot(f"{PICTURES}/{name}-{kind}.png")
        browser.open(page)
        browser.pdf(f"{PICTURES}/{name}-print.pdf")
        browser.open(page, width=360, height=740, scale=2, script=False, touch=True)
        browser.screenshot(f"{PICTURES}/{name}-no-script.png")


def main():
    with tempfile.TemporaryDirectory() as directory:
        silent, hour = f"{directory}/silent.html", f"{directory}/hour.html"
        plot(f"{PROJECT}/Fixtures/lying-down.trace", silent)
        recording.write(f"{directory}/hour.trace", 3600, "An hour at a desk")
        plot(f"{directory}/hour.trace", hour)
        print(f"plot: an hour at 100 Hz is a page of {os.path.getsize(hour):,} bytes")
        hostile = f"{directory}/hostile.html"
        with open(f"{PROJECT}/Fixtures/slow-slouch.trace") as file:
            lines = [f"# title: {HOSTILE}\n" if line.startswith("# title:") else line for line in file]
        with open(f"{directory}/hostile.trace", "w") as file:
            file.writelines(lines)
        plot(f"{directory}/hostile.trace", hostile)
        browser = Browser()
        try:
            moves(browser, silent)
            pinches(browser, silent)
            still(browser, silent)
            is_dark(browser, silent)
            is_safe(browser, hostile)
            is_fast(browser, hour)
            opens_all(browser, directory)
            take_pictures(browser, [("silent", silent), ("hour", hour), ("labels", f"{directory}/stairs.html")])
        finally:
            browser.close()
    print(f"plot: {checks - len(failures)} of {checks} checks passed")
    sys.exit(1 if failures else 0)


main()
