// The parts of the picture that are curves, and what of many things can be seen.

/** Limits that hold, each with its name, its sign and its role. */
function limitsOf(limits) {
  return [
    ["forward", 1, limits.forward, limits.forward_leave, "flexion"],
    ["left", 1, limits.side, limits.side_leave, "lateral"],
    ["right", -1, limits.side, limits.side_leave, "lateral"],
    ["backward", -1, limits.backward, limits.backward_leave, "flexion"],
  ];
}

Object.assign(Chart.prototype, {
  drawTime() {
    const { left, right, y, isNarrow } = this.layout;
    const { from, to } = this.view;
    for (const tick of timeTicks(from, to, isNarrow ? 4 : 10)) {
      this.line(this.x(tick), y.tilt, this.x(tick), y.axis, "grid");
      const text = clock(tick, to - from < 10);
      const half = this.context.measureText(text).width / 2;
      const at = Math.min(Math.max(this.x(tick), left + half - 20), right - half + (isNarrow ? 4 : 30));
      this.text(text, at, y.axis + 16, "soft", "center");
    }
  },

  drawTilt() {
    const { left, right, y, isNarrow } = this.layout;
    const [low, high] = this.data.degrees;
    const place = (value) => y.tiltEnd - ((value - low) / (high - low)) * (y.tiltEnd - y.tilt);
    for (const span of this.visible(this.data.postures)) {
      this.band(span.from, span.to, y.tilt, y.tiltEnd - y.tilt, span.word, span.word === "deviated" ? 0.2 : 0.15);
    }
    for (const tick of linearTicks(low, high, isNarrow ? 6 : 9)) {
      this.line(left, place(tick), right, place(tick), tick === 0 ? "soft" : "grid");
      this.text(String(tick).replace("-", "−") + "°", left - 5, place(tick) + 4, "soft", "right");
    }
    this.drawLimits(place);
    const angle = (value) => place(value / PER_DEGREE);
    const panel = [y.tilt, y.tiltEnd];
    this.curve(this.data.curves.total, angle, panel, "total", 0.7);
    this.curve(this.data.curves.lateral, angle, panel, "lateral", 1.3);
    this.curve(this.data.curves.flexion, angle, panel, "flexion", 1.6);
    let at = left;
    const words = isNarrow ? ["forward +", "left +", "total"] : ["flexion, forward +", "lateral, left +", "total"];
    for (const [i, role] of ["flexion", "lateral", "total"].entries()) {
      this.line(at, y.legend - 4, at + 18, y.legend - 4, role, 2);
      this.text(words[i], at + 23, y.legend, "ink");
      at += this.context.measureText(words[i]).width + 40;
    }
    if (!this.data.has_tilt) {
      const text = isNarrow ? "no reference posture" : "no reference posture: there is no tilt to show";
      this.text(text, (left + right) / 2, (y.tilt + y.tiltEnd) / 2, "soft", "center");
    }
  },

  /** Entered above the dashed line, left below the dotted one. */
  drawLimits(place) {
    const { left, right, y, isNarrow } = this.layout;
    const { limits } = this.data;
    let shown = limits[0];
    for (const [i, one] of limits.entries()) {
      const start = Math.max(this.x(one.from), left);
      const end = i + 1 < limits.length ? Math.min(this.x(limits[i + 1].from), right) : right;
      if (end <= start) continue;
      shown = one;
      for (const [, sign, enter, leave, role] of limitsOf(one)) {
        this.line(start, place(sign * enter), end, place(sign * enter), role, 1, [6, 4]);
        this.line(start, place(sign * leave), end, place(sign * leave), role, 1, [1, 5]);
      }
    }
    if (!shown || isNarrow) return;
    const named = limitsOf(shown);
    const lines = named.map(([, sign, enter]) => place(sign * enter));
    const places = spread(lines, 13, y.tilt, y.tiltEnd);
    for (const [i, [name, , enter, , role]] of named.entries()) {
      this.text(name + " " + Math.round(enter) + "°", right + 10, places[i] + 4, "ink");
      this.line(right + 1, lines[i], right + 7, places[i], role);
    }
  },

  drawExposure() {
    const { left, right, y, isNarrow } = this.layout;
    const place = (value) => y.exposureEnd - (value / PER_EXPOSURE) * (y.exposureEnd - y.exposure);
    this.text("Exposure: how near a cue is", left, y.exposure - 6, "soft");
    this.line(left, y.exposureEnd, right, y.exposureEnd, "grid");
    this.line(left, y.exposure, right, y.exposure, "grid");
    this.text("0", left - 5, y.exposureEnd + 4, "soft", "right");
    if (!isNarrow) this.text("100 %: a cue", right + 10, y.exposure + 4, "soft");
    this.curve(this.data.curves.exposure, place, [y.exposure - 1, y.exposureEnd + 1], "exposure", 1.3, y.exposureEnd);
  },

  /** Lowest to highest value of each column of pixels, and a line from column to column. */
  curve(levels, place, [ceiling, floor], role, width, base) {
    const { left, right } = this.layout;
    const { context, data } = this;
    const slot = data.slot / 1e6;
    const first = this.view.from - data.from / 1e6;
    const perPixel = (this.view.to - this.view.from) / (right - left);
    // Where a slot is wider than a pixel, a column is a slot: a curve has no steps.
    const step = Math.max(perPixel, slot);
    const slots = step / slot;
    const from = Math.max(0, Math.floor(first / step) - 1);
    const to = Math.ceil((first + (this.view.to - this.view.from)) / step) + 1;
    context.save();
    context.beginPath();
    context.rect(left, ceiling, right - left, floor - ceiling);
    context.clip();
    const path = new Path2D();
    const area = new Path2D();
    let isOpen = false;
    let last = 0;
    let end = 0;
    const finish = () => {
      if (isOpen && base !== undefined) area.lineTo(end, base);
      isOpen = false;
    };
    for (let column = from; column <= to; column++) {
      const start = column * slots;
      const known = start < data.count ? extremes(levels, start, start + slots) : null;
      if (!known) {
        finish();
        continue;
      }
      const x = left + ((column + 0.5) * step - first) / perPixel;
      // The nearer end first, or a steep curve has steps.
      const isFromLow = isOpen && Math.abs(last - known[0]) < Math.abs(last - known[1]);
      const [near, far] = isFromLow ? known : [known[1], known[0]];
      if (isOpen) path.lineTo(x, place(near));
      else path.moveTo(x, place(near));
      if (base !== undefined) {
        if (!isOpen) area.moveTo(x, base);
        area.lineTo(x, place(known[1]));
      }
      if (near !== far || !isOpen) path.lineTo(x, place(far));
      isOpen = true;
      last = far;
      end = x;
    }
    finish();
    if (base !== undefined) {
      context.globalAlpha = 0.25;
      context.fillStyle = this.colour(role);
      context.fill(area);
      context.globalAlpha = 1;
    }
    context.strokeStyle = this.colour(role);
    context.lineWidth = width;
    context.lineCap = "round";
    context.stroke(path);
    context.restore();
  },

  /** Spans that can be seen; of many within a pixel, one. */
  visible(spans, { from, to } = this.view) {
    const pixel = (to - from) / (this.layout.right - this.layout.left);
    const shown = [];
    let end = -Infinity;
    for (let i = firstAfter(spans, from, "to"); i < spans.length && spans[i].from <= to; i++) {
      if (spans[i].to < end + pixel / 2) continue;
      shown.push(spans[i]);
      end = spans[i].to;
    }
    return shown;
  },

  /** Events that can be seen; of many within two pixels, one. */
  events(isWanted, { from, to } = this.view) {
    const pixel = (to - from) / (this.layout.right - this.layout.left);
    const shown = [];
    let last = -Infinity;
    for (let i = firstAfter(this.data.events, from, "at"); i < this.data.events.length; i++) {
      const event = this.data.events[i];
      if (event.at > to) break;
      if (!isWanted(event) || (event.at - last < 2 * pixel && event.at !== last)) continue;
      shown.push(event);
      last = event.at;
    }
    return shown;
  },
});

/** The first of some in order whose end is not before a time. */
function firstAfter(spans, time, key) {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle][key] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
