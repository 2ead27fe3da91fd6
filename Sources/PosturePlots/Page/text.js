// Numbers and times as people read them; Scale.swift and ClockText.swift do the same for the still picture.

const TIMES = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400,
];

function ticks(step, from, to) {
  const marks = [];
  for (let n = Math.ceil(from / step); n * step <= to && marks.length < 200; n++) marks.push(n * step);
  return marks;
}

function timeTicks(from, to, most) {
  return ticks(TIMES.find((step) => (to - from) / step <= most) ?? 864000, from, to);
}

function linearTicks(from, to, most) {
  return ticks([1, 2, 5, 10, 20, 50].find((step) => (to - from) / step <= most) ?? 100, from, to);
}

function clock(seconds, tenths) {
  const units = Math.round(Math.abs(seconds) * (tenths ? 10 : 1));
  const whole = tenths ? Math.floor(units / 10) : units;
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const text = (hours > 0 ? hours + ":" + two(minutes) : minutes) + ":" + two(whole % 60);
  return (seconds < 0 && units > 0 ? "−" : "") + text + (tenths ? "." + (units % 10) : "");
}

function degrees(value) {
  const text = Math.abs(value).toFixed(1) + "°";
  return text === "0.0°" ? text : (value < 0 ? "−" : "+") + text;
}

/** Places for labels, moved apart as little as that takes. */
function spread(places, gap, top, bottom) {
  const order = places.map((_, i) => i).sort((a, b) => places[a] - places[b]);
  const result = places.slice();
  let least = top;
  for (const i of order) {
    result[i] = Math.max(places[i], least);
    least = result[i] + gap;
  }
  let most = bottom;
  for (const i of order.reverse()) {
    result[i] = Math.min(result[i], most);
    most = result[i] - gap;
  }
  return result;
}
