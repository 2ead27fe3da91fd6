// The picture. `view` is what is shown, in seconds since the recording's first sample.

const PER_DEGREE = 50;
const PER_EXPOSURE = 1000;
const FONT = '12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
/** A recording cannot be looked into more deeply than that, seconds. */
const SHORTEST_VIEW = 0.5;

class Chart {
  constructor(canvas, data) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.data = data;
    this.whole = { from: data.from / 1e6, to: Math.max(data.to / 1e6, data.from / 1e6 + SHORTEST_VIEW) };
    this.view = { ...this.whole };
    this.cursor = null;
    this.isPending = false;
  }

  /** Shows from then to then, but never beyond the recording nor too little of it. */
  show(from, to) {
    const { whole } = this;
    const length = Math.min(Math.max(to - from, SHORTEST_VIEW), whole.to - whole.from);
    const middle = (from + to) / 2;
    const start = Math.min(Math.max(middle - length / 2, whole.from), whole.to - length);
    this.view = { from: start, to: start + length };
    this.redraw();
  }

  zoom(factor, around) {
    const { from, to } = this.view;
    const length = Math.min(Math.max((to - from) * factor, SHORTEST_VIEW), this.whole.to - this.whole.from);
    const share = (around - from) / (to - from);
    this.show(around - share * length, around + (1 - share) * length);
  }

  pan(seconds) {
    this.show(this.view.from + seconds, this.view.to + seconds);
  }

  /** With the next frame, however often it is asked for. */
  redraw() {
    if (this.isPending) return;
    this.isPending = true;
    requestAnimationFrame(() => {
      this.isPending = false;
      this.draw();
    });
  }

  /** Where the parts stand, in CSS pixels. */
  arrange() {
    const width = this.canvas.clientWidth;
    const isNarrow = width < 620;
    const tilt = isNarrow ? 200 : 260;
    const y = { legend: 14, cues: 38, tilt: 84 };
    y.tiltEnd = y.tilt + tilt;
    y.exposure = y.tiltEnd + 26;
    y.exposureEnd = y.exposure + (isNarrow ? 40 : 56);
    y.contexts = y.exposureEnd + 24;
    y.labels = y.contexts + 44;
    y.events = this.data.labels.length > 0 ? y.labels + 18 * this.data.label_rows + 22 : y.labels;
    y.axis = y.events + 26;
    y.overview = y.axis + 32;
    y.height = y.overview + 18;
    return { width, isNarrow, left: isNarrow ? 32 : 44, right: width - (isNarrow ? 6 : 108), y };
  }

  x(seconds) {
    const { left, right } = this.layout;
    return left + ((seconds - this.view.from) / (this.view.to - this.view.from)) * (right - left);
  }

  seconds(x) {
    const { left, right } = this.layout;
    return this.view.from + ((x - left) / (right - left)) * (this.view.to - this.view.from);
  }

  draw() {
    const { canvas, context } = this;
    const style = getComputedStyle(document.documentElement);
    this.colour = (role) => style.getPropertyValue("--" + role);
    this.layout = this.arrange();
    const { width, y } = this.layout;
    const scale = window.devicePixelRatio || 1;
    canvas.style.height = y.height + "px";
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(y.height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(y.height * scale);
    }
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.fillStyle = this.colour("paper");
    context.fillRect(0, 0, width, y.height);
    context.font = FONT;
    context.lineJoin = "round";
    this.drawTime();
    this.drawTilt();
    this.drawExposure();
    this.drawCues();
    this.drawContexts();
    this.drawLabels();
    this.drawEvents();
    this.drawCursor();
    this.drawOverview();
    const shown = clock(this.view.from, true) + " to " + clock(this.view.to, true);
    canvas.setAttribute("aria-label", this.data.title + ". Shown: " + shown + ".");
  }

  text(text, x, y, role, align = "left") {
    this.context.textAlign = align;
    this.context.fillStyle = this.colour(role);
    this.context.fillText(text, x, y);
  }

  line(x1, y1, x2, y2, role, width = 1, dashes = []) {
    const { context } = this;
    context.beginPath();
    context.setLineDash(dashes);
    context.lineWidth = width;
    context.strokeStyle = this.colour(role);
    // A line of one pixel is sharp in the middle of one.
    const half = width === 1 ? 0.5 : 0;
    context.moveTo(x1 === x2 ? Math.round(x1) + half : x1, y1 === y2 ? Math.round(y1) + half : y1);
    context.lineTo(x1 === x2 ? Math.round(x2) + half : x2, y1 === y2 ? Math.round(y2) + half : y2);
    context.stroke();
    context.setLineDash([]);
  }

  band(from, to, top, height, role, opacity) {
    const { left, right } = this.layout;
    const start = Math.max(this.x(from), left);
    const end = Math.min(this.x(to), right);
    if (end <= start) return;
    this.context.globalAlpha = opacity;
    this.context.fillStyle = this.colour(role);
    this.context.fillRect(start, top, Math.max(end - start, 1), height);
    this.context.globalAlpha = 1;
  }
}
