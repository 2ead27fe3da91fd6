# SPDX-License-Identifier: MIT
"""Headless Chromium through the DevTools protocol, over a pipe: no port, no library."""
import base64
import json
import os
import select
import subprocess
import tempfile
import time


class Browser:
    """One browser with one page at a time."""

    PATIENCE = 60

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        from_us, to_browser = os.pipe()
        from_browser, to_us = os.pipe()

        def place():
            # The browser reads its third descriptor and writes its fourth; both may lie where we have the others.
            reading, writing = os.dup(from_us), os.dup(to_us)
            os.dup2(reading, 3)
            os.dup2(writing, 4)
            os.set_inheritable(3, True)
            os.set_inheritable(4, True)

        self.process = subprocess.Popen(
            [
                "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--remote-debugging-pipe", f"--user-data-dir={self.profile.name}", "about:blank",
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False,
            preexec_fn=place)
        os.close(from_us)
        os.close(to_us)
        self.out, self.into = to_browser, from_browser
        self.buffer = b""
        self.number = 0
        self.target = self.session = None
        self.events = []

    def close(self):
        try:
            self.call("Browser.close", session=False)
            self.process.wait(10)
        except (OSError, RuntimeError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        self.profile.cleanup()

    def receive(self, end):
        while b"\0" not in self.buffer:
            if not select.select([self.into], [], [], max(0, end - time.monotonic()))[0]:
                raise RuntimeError("the browser does not answer")
            piece = os.read(self.into, 1 << 20)
            if not piece:
                raise RuntimeError("the browser has ended")
            self.buffer += piece
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=True, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.out, data):]
        end = time.monotonic() + self.PATIENCE
        while True:
            answer = self.receive(end)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            if "method" in answer:
                self.events.append(answer)

    def wait(self, method):
        end = time.monotonic() + self.PATIENCE
        while not any(event["method"] == method for event in self.events):
            answer = self.receive(end)
            if "method" in answer:
                self.events.append(answer)

    def open(self, path, width=1200, height=900, scale=1, dark=False, script=True, touch=False):
        """A new page; what it does from now on is in `events`."""
        self.target = self.call("Target.createTarget", session=False, url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", session=False, targetId=self.target, flatten=True)
        self.session = attached["sessionId"]
        self.events = []
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=touch)
        self.call("Emulation.setTouchEmulationEnabled", enabled=touch)
        self.media("screen", dark)
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self.events = []
        self.call("Page.navigate", url="file://" + path)
        self.wait("Page.loadEventFired")
        if script:
            self.frame()

    def shut(self):
        self.call("Target.closeTarget", session=False, targetId=self.target)

    def media(self, media, dark=False):
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def frame(self):
        """Until what was asked for has been drawn."""
        self.evaluate("new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))")

    def mouse(self, kind, x, y, **more):
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)
        self.frame()

    def key(self, key, text=None):
        more = {"text": text} if text else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, **more)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)
        self.frame()

    def screenshot(self, path, whole=True):
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))

    def pdf(self, path, own_size=False):
        """On paper, of the page's own size where it names one; it says itself what it is for, unlike a screenshot."""
        self.media("print")
        sheets = self.call("Page.printToPDF", printBackground=False, preferCSSPageSize=own_size)
        with open(path, "wb") as file:
            file.write(base64.b64decode(sheets["data"]))

    def requests(self):
        return [e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"]

    def complaints(self):
        """Everything that a console would show."""
        said = []
        for event in self.events:
            parameters = event["params"]
            if event["method"] == "Runtime.exceptionThrown":
                said.append(str(parameters["exceptionDetails"]))
            if event["method"] == "Log.entryAdded":
                said.append(parameters["entry"]["text"])
            if event["method"] == "Runtime.consoleAPICalled":
                said.append(str(parameters["args"]))
        return said
