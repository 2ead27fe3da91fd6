// What a mouse, a finger and a keyboard do, and what is told of the place they are at.

/** Steps of the keyboard and the buttons, in parts of what is shown. */
const PAN = 0.15;
const ZOOM = 1.6;

class Reader {
  constructor(chart) {
    this.chart = chart;
    this.pointers = new Map();
    this.event = -1;
    const { canvas } = chart;
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, (event) => this.up(event));
    canvas.addEventListener("pointerleave", (event) => this.leave(event));
    canvas.addEventListener("dblclick", () => this.reset());
    canvas.addEventListener("keydown", (event) => this.key(event));
    for (const button of document.querySelectorAll("button[data-do]")) {
      button.addEventListener("click", () => this.act(button.dataset.do));
    }
    for (const button of document.querySelectorAll("button[data-event]")) {
      button.addEventListener("click", () => {
        this.go(Number(button.dataset.event));
        canvas.focus();
      });
    }
    this.tell(null);
  }

  place(event) {
    const box = this.chart.canvas.getBoundingClientRect();
    return event.clientX - box.left;
  }

  wheel(event) {
    event.preventDefault();
    const { chart } = this;
    const length = chart.view.to - chart.view.from;
    // Lines and pages, where a mouse counts so.
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      chart.pan((event.deltaX * unit * length) / chart.canvas.clientWidth);
    } else {
      chart.zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY * unit * 0.002))), chart.seconds(this.place(event)));
    }
    this.point(chart.seconds(this.place(event)));
  }

  /** The pointer took hold of the strip that shows the whole recording. */
  isInOverview(event) {
    return event.clientY - this.chart.canvas.getBoundingClientRect().top > this.chart.layout.y.overview - 8;
  }

  /** What the strip shows at the pointer's place comes into the middle. */
  leap(event) {
    const { chart } = this;
    const { left, right } = chart.layout;
    const share = (this.place(event) - left) / (right - left);
    const middle = chart.whole.from + share * (chart.whole.to - chart.whole.from);
    const half = (chart.view.to - chart.view.from) / 2;
    chart.show(middle - half, middle + half);
  }

  down(event) {
    this.isLeaping = this.pointers.size === 0 && this.isInOverview(event);
    if (this.isLeaping) this.leap(event);
    this.pointers.set(event.pointerId, this.place(event));
    this.chart.canvas.setPointerCapture(event.pointerId);
    this.point(this.chart.seconds(this.place(event)));
  }

  move(event) {
    const { chart, pointers } = this;
    const x = this.place(event);
    const before = pointers.get(event.pointerId);
    if (before !== undefined && this.isLeaping) {
      this.leap(event);
    } else if (before !== undefined) {
      const other = [...pointers].find(([id]) => id !== event.pointerId);
      if (other) {
        const fixed = other[1];
        if (Math.abs(x - fixed) > 10 && Math.abs(before - fixed) > 10) {
          chart.zoom(Math.abs(before - fixed) / Math.abs(x - fixed), chart.seconds(fixed));
        }
      } else {
        chart.pan(chart.seconds(before) - chart.seconds(x));
      }
      pointers.set(event.pointerId, x);
    }
    this.point(chart.seconds(x));
  }

  up(event) {
    this.pointers.delete(event.pointerId);
  }

  /** A finger that is lifted leaves too, and what it pointed at stays told. */
  leave(event) {
    if (event.pointerType === "mouse" && this.pointers.size === 0) this.point(null);
  }

  key(event) {
    const does = {
      ArrowLeft: "left", ArrowRight: "right", "+": "in", "=": "in", "-": "out", 0: "all", Home: "all", Escape: "all",
      n: "next", p: "previous",
    }[event.key];
    if (!does || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.act(does);
  }

  act(does) {
    const { chart } = this;
    const { from, to } = chart.view;
    const middle = chart.cursor !== null && chart.cursor > from && chart.cursor < to ? chart.cursor : (from + to) / 2;
    if (does === "left") chart.pan(-PAN * (to - from));
    if (does === "right") chart.pan(PAN * (to - from));
    if (does === "in") chart.zoom(1 / ZOOM, middle);
    if (does === "out") chart.zoom(ZOOM, middle);
    if (does === "all") this.reset();
    if (does === "next") this.go(this.event + 1);
    if (does === "previous") this.go(this.event < 0 ? chart.data.events.length - 1 : this.event - 1);
  }

  reset() {
    this.chart.show(this.chart.whole.from, this.chart.whole.to);
  }

  /** Brings an event into the picture, and tells of it. */
  go(index) {
    const { chart } = this;
    const event = chart.data.events[index];
    if (!event) return;
    this.event = index;
    const { from, to } = chart.view;
    // A minute about it, where more than that is shown, or it is not shown at all.
    const length = Math.min(to - from, 60);
    chart.show(event.at - length / 2, event.at + length / 2);
    this.point(event.at, event);
  }

  point(seconds, event) {
    const { chart } = this;
    const { from, to } = chart.whole;
    chart.cursor = seconds === null ? null : Math.min(Math.max(seconds, from), to);
    this.tell(event ?? (seconds === null ? null : this.near(seconds)));
    chart.redraw();
  }

  /** The event under the pointer. */
  near(seconds) {
    const { chart } = this;
    const reach = (8 * (chart.view.to - chart.view.from)) / chart.canvas.clientWidth;
    let best = null;
    for (const event of chart.data.events) {
      const distance = Math.abs(event.at - seconds);
      if (distance > reach) continue;
      // A cue is what one looks for.
      const isBetter = !best || (best.kind === "other" && event.kind !== "other");
      const isNearer = best && distance < Math.abs(best.at - seconds) && (best.kind === "other") === (event.kind === "other");
      if (isBetter || isNearer) best = event;
    }
    return best;
  }

  tell(event) {
    const { chart } = this;
    const { data, cursor } = chart;
    const [values, words] = [document.getElementById("values"), document.getElementById("words")];
    if (cursor === null) {
      values.textContent = values.dataset.hint;
      words.textContent = "";
      return;
    }
    const slot = Math.floor((cursor - data.from / 1e6) / (data.slot / 1e6));
    const value = (name) => {
      const known = extremes(data.curves[name], slot, slot + 1);
      return known ? (known[0] + known[1]) / 2 : null;
    };
    const parts = [clock(cursor, true)];
    for (const [name, word] of [["flexion", "forward"], ["lateral", "left"], ["total", "total"]]) {
      const known = value(name);
      if (known !== null) parts.push(word + " " + degrees(known / PER_DEGREE));
    }
    const exposure = value("exposure");
    if (exposure !== null) parts.push("exposure " + Math.round((exposure / PER_EXPOSURE) * 100) + " %");
    for (const spans of [data.contexts, data.postures]) {
      const span = spans[firstAfter(spans, cursor, "to")];
      if (span && span.from <= cursor) parts.push(span.word);
    }
    values.textContent = parts.join("  ·  ");
    words.textContent = event ? clock(event.at, true) + "  " + event.name + ": " + (event.why ?? event.text) : "";
  }
}

const chart = new Chart(document.getElementById("chart"), readData());
document.documentElement.classList.add("live");
const reader = new Reader(chart);
new ResizeObserver(() => chart.redraw()).observe(chart.canvas.parentElement);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => chart.redraw());
chart.draw();
