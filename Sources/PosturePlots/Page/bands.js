// The parts of the picture that are marks and bands.

/** Pixels for a cue on average, below which names would not say whose they are. */
const ROOM = 40;

/** How strongly a band behind text is painted; Palette.swift says why. */
const BAND = 0.35;

/** Rows of text, each filled from the left. */
class FreeSpace {
  constructor(rows, start) {
    this.ends = new Array(rows).fill(start);
  }

  take(start, width) {
    const row = this.ends.findIndex((end) => end <= start);
    if (row >= 0) this.ends[row] = start + width + 8;
    return row;
  }
}

Object.assign(Chart.prototype, {
  /** A full mark where the motor spoke; a hollow one where it was held back. */
  drawCues() {
    const { left, right, width, y } = this.layout;
    const { context } = this;
    this.text("Cues", left, y.cues, "soft");
    for (const span of this.visible(this.data.motor)) this.band(span.from, span.to, y.tilt - 7, 5, "cue", 1);
    const free = new FreeSpace(2, left + 34);
    const seen = this.events((event) => event.kind !== "other");
    const isCrowded = seen.length > (right - left) / ROOM;
    for (const event of seen) {
      const at = this.x(event.at);
      const isCue = event.kind === "cue";
      const role = isCue ? "cue" : "silent";
      context.globalAlpha = isCrowded ? 0.35 : 1;
      for (const [from, to] of [[y.cues + 32, y.tiltEnd], [y.exposure, y.exposureEnd]]) {
        this.line(at, from, at, to, role, 1, isCue ? [] : [2, 3]);
      }
      context.globalAlpha = 1;
      context.beginPath();
      context.moveTo(at - 6, y.cues + 21);
      context.lineTo(at + 6, y.cues + 21);
      context.lineTo(at, y.cues + 31);
      context.closePath();
      context.fillStyle = this.colour(isCue ? role : "paper");
      context.fill();
      context.lineWidth = 1.5;
      context.strokeStyle = this.colour(role);
      context.stroke();
      const wide = context.measureText(event.name).width;
      const isLast = at + wide + 12 > width;
      const row = isCrowded ? -1 : free.take(isLast ? at - wide - 10 : at + 8, wide);
      if (row >= 0) this.text(event.name, isLast ? at - 8 : at + 8, y.cues + 13 * row, "ink", isLast ? "right" : "left");
    }
  },

  drawContexts() {
    const { left, right, y } = this.layout;
    this.text("What the wearer was about", left, y.contexts - 6, "soft");
    this.band(this.view.from, this.view.to, y.contexts, 20, "grid", 0.35);
    for (const span of this.visible(this.data.contexts)) {
      if (span.word !== "still") this.band(span.from, span.to, y.contexts, 20, span.word, BAND);
      const start = Math.max(this.x(span.from), left);
      const end = Math.min(this.x(span.to), right);
      if (this.context.measureText(span.word).width + 6 < end - start) {
        this.text(span.word, (start + end) / 2, y.contexts + 14, span.word === "still" ? "soft" : "ink", "center");
      }
    }
  },

  drawLabels() {
    const { left, right, y } = this.layout;
    if (this.data.labels.length === 0) return;
    this.text("Labels", left, y.labels - 6, "soft");
    // From the last to the first, so that each knows where the next in its row begins.
    const ends = [];
    for (let i = this.data.labels.length - 1; i >= 0; i--) {
      const label = this.data.labels[i];
      const end = Math.min(ends[label.row] ?? right, right);
      ends[label.row] = this.x(label.from);
      if (label.to < this.view.from || label.from > this.view.to) continue;
      const top = y.labels + 18 * label.row;
      this.band(label.from, Math.max(label.to, label.from + 1e-3), top, 15, "label", 0.22);
      if (label.from >= this.view.from) this.line(this.x(label.from), top, this.x(label.from), top + 15, "label", 1.5);
      const start = Math.max(this.x(label.from), left) + 4;
      const wide = this.context.measureText(label.word).width;
      if (start + wide <= end) this.text(label.word, start, top + 12, "ink");
    }
  },

  drawEvents() {
    const { left, width, y } = this.layout;
    this.text("Other events", left, y.events - 6, "soft");
    const free = new FreeSpace(1, left);
    const seen = this.events((event) => event.kind === "other");
    for (const [i, event] of seen.entries()) {
      const at = this.x(event.at);
      this.line(at, y.events + 3, at, y.events + 15, "soft", 2);
      const wide = this.context.measureText(event.name).width;
      const isLast = at + wide + 8 > width;
      // Not across the marks of those that follow.
      if (!isLast && i + 1 < seen.length && this.x(seen[i + 1].at) <= at + wide + 8) continue;
      if (free.take(isLast ? at - wide - 6 : at + 5, wide) < 0) continue;
      this.text(event.name, isLast ? at - 5 : at + 5, y.events + 13, "soft", isLast ? "right" : "left");
    }
  },

  drawCursor() {
    if (this.cursor === null || this.cursor < this.view.from || this.cursor > this.view.to) return;
    const { y } = this.layout;
    this.line(this.x(this.cursor), y.tilt, this.x(this.cursor), y.axis, "ink");
  },

  /** The whole recording, and which part of it is shown. */
  drawOverview() {
    const { left, right, y } = this.layout;
    const { context, whole, view } = this;
    const place = (seconds) => left + ((seconds - whole.from) / (whole.to - whole.from)) * (right - left);
    context.fillStyle = this.colour("panel");
    context.fillRect(left, y.overview, right - left, 12);
    for (const span of this.visible(this.data.postures, whole)) {
      context.globalAlpha = span.word === "deviated" ? 0.6 : 0.4;
      context.fillStyle = this.colour(span.word);
      context.fillRect(place(span.from), y.overview, Math.max(place(span.to) - place(span.from), 1), 12);
    }
    context.globalAlpha = 1;
    for (const event of this.events((event) => event.kind !== "other", whole)) {
      const role = event.kind === "cue" ? "cue" : "silent";
      this.line(place(event.at), y.overview, place(event.at), y.overview + 12, role, 1, role === "cue" ? [] : [2, 2]);
    }
    context.lineWidth = 1;
    context.strokeStyle = this.colour("soft");
    const [from, to] = [place(view.from), place(view.to)];
    context.strokeRect(Math.round(from) + 0.5, y.overview - 1.5, Math.max(Math.round(to - from) - 1, 2), 15);
  },
});
