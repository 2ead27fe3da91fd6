// What the page holds, as arrays that can be drawn from.

/** Bytes of a base64 text. */
function bytesOf(text) {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/** Values of a stream; SlotCode.swift says how they are written. */
function decode(text, count) {
  const bytes = bytesOf(text);
  const values = new Int16Array(count);
  let at = 0;
  let last = 0;
  for (let i = 0; i < bytes.length && at < count; ) {
    const code = bytes[i++];
    let run = 1;
    if (code < 200) {
      last += code & 1 ? -(code + 1) / 2 : code / 2;
    } else if (code < 254) {
      run = code - 198;
    } else if (code === 254) {
      run = bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16);
      i += 3;
    } else {
      last = ((bytes[i] | (bytes[i + 1] << 8)) << 16) >> 16;
      i += 2;
    }
    values.fill(last, at, at + run);
    at += run;
  }
  return values;
}

/** Stands for no value. */
const NONE = -32768;
/** Each level of a pyramid has a fourth of the one below: a column of pixels is found in some steps at any zoom. */
const FACTOR = 4;

/** Lowest and highest values, and those of ever more slots at once. */
function pyramid(low, high) {
  const levels = [{ low, high }];
  while (levels[levels.length - 1].low.length > 256) {
    const below = levels[levels.length - 1];
    const count = Math.ceil(below.low.length / FACTOR);
    const above = { low: new Int16Array(count).fill(NONE), high: new Int16Array(count).fill(NONE) };
    for (let i = 0; i < below.low.length; i++) {
      if (below.low[i] === NONE) continue;
      const j = (i / FACTOR) | 0;
      if (above.low[j] === NONE || below.low[i] < above.low[j]) above.low[j] = below.low[i];
      if (below.high[i] > above.high[j]) above.high[j] = below.high[i];
    }
    levels.push(above);
  }
  return levels;
}

/** Lowest and highest value of the slots from `from` up to `to`; null where there is none. */
function extremes(levels, from, to) {
  let level = 0;
  let size = 1;
  // About four to sixteen entries are looked at; what stands over at the ends is less than a fourth of a pixel.
  while (level + 1 < levels.length && to - from >= size * FACTOR * FACTOR) {
    level++;
    size *= FACTOR;
  }
  const { low, high } = levels[level];
  let least = NONE;
  let most = NONE;
  const end = Math.min(low.length, Math.max(Math.ceil(to / size), Math.floor(from / size) + 1));
  for (let i = Math.max(0, Math.floor(from / size)); i < end; i++) {
    if (low[i] === NONE) continue;
    if (least === NONE || low[i] < least) least = low[i];
    if (high[i] > most) most = high[i];
  }
  return least === NONE ? null : [least, most];
}

function readData() {
  const data = JSON.parse(document.getElementById("data").textContent);
  data.curves = {};
  for (const [name, stream] of Object.entries(data.streams)) {
    const low = decode(stream.low, data.count);
    const high = decode(stream.spread, data.count);
    for (let i = 0; i < data.count; i++) high[i] = low[i] === NONE ? NONE : low[i] + high[i];
    data.curves[name] = pyramid(low, high);
  }
  delete data.streams;
  return data;
}
