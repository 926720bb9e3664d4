const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const TIME_SCALE = 0x2ad7b1;
const DURATION = 0x4489;
const VOID = 0xec;
/** Nanoseconds of a unit of time, unless the file says otherwise. */
const USUAL_SCALE = 1_000_000;
const EBML = 0x1a45dfa3;

interface Element {
  id: number;
  start: number;
  /** Where its content begins and ends; `end` is undefined if the file does not say. */
  body: number;
  end: number | undefined;
}

/**
 * Writes how long a recording in WebM is into its header. Browsers write recordings as streams, without that, and players then
 * cannot seek in them. Anything else is returned as it is. See https://www.matroska.org/technical/elements.html.
 */
export function withDuration(
  bytes: Uint8Array<ArrayBuffer>,
  durationMs: number,
): Uint8Array<ArrayBuffer> {
  const header = elementAt(bytes, 0);
  const segment = header?.id === EBML ? elementAt(bytes, header.end ?? 0) : undefined;
  // A segment that says its length is no stream: it may say positions, too, which would move.
  if (segment?.id !== SEGMENT || segment.end !== undefined) return bytes;
  const info = elementAt(bytes, segment.body);
  if (info?.id !== INFO || info.end === undefined) return bytes;

  let scale = USUAL_SCALE;
  const kept: Uint8Array[] = [];
  for (let at = info.body; at < info.end; ) {
    const child = elementAt(bytes, at);
    if (child?.end === undefined || child.end > info.end) return bytes;
    if (child.id === TIME_SCALE) scale = numberOf(bytes.subarray(child.body, child.end));
    if (child.id !== DURATION && child.id !== VOID) kept.push(bytes.subarray(at, child.end));
    at = child.end;
  }
  if (scale === 0) return bytes;
  const duration = new Uint8Array([0x44, 0x89, 0x88, ...float((durationMs * 1_000_000) / scale)]);
  const size = [...kept, duration].reduce((sum, { length }) => sum + length, 0);
  // Two bytes say up to this.
  if (size >= 0x3fff) return bytes;
  const before = bytes.subarray(0, info.start);
  const start = new Uint8Array([0x15, 0x49, 0xa9, 0x66, 0x40 | (size >> 8), size & 0xff]);
  return joined([before, start, ...kept, duration, bytes.subarray(info.end)]);
}

function elementAt(bytes: Uint8Array, start: number): Element | undefined {
  const idLength = lengthAt(bytes, start, 4);
  if (idLength === undefined) return undefined;
  const id = numberOf(bytes.subarray(start, start + idLength));
  const sizeAt = start + idLength;
  const sizeLength = lengthAt(bytes, sizeAt, 8);
  if (sizeLength === undefined) return undefined;
  const body = sizeAt + sizeLength;
  const marked = numberOf(bytes.subarray(sizeAt, body));
  const most = 2 ** (7 * sizeLength);
  const size = marked - most;
  // All ones: not known.
  return { id, start, body, end: size === most - 1 ? undefined : body + size };
}

/** The length of a number of variable length: its first byte has a zero for each byte that follows. */
function lengthAt(bytes: Uint8Array, at: number, most: number): number | undefined {
  const first = bytes[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  return length <= most && at + length <= bytes.length ? length : undefined;
}

function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

function float(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return new Uint8Array(view.buffer);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
