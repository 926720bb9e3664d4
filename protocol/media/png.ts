import { BUFFER_BYTES, type ByteSource, joined } from './byte-source.ts';
import { reducedExif } from './exif.ts';
import type { Facts, Removed } from './facts.ts';
import { Fields, isText, latin1 } from './fields.ts';
import { broken } from './media-error.ts';

/** The chunks that decide what is seen: pixels, colours, transparency, proportions and animation. */
const KEPT: ReadonlySet<string> = new Set(
  `IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT
  acTL fcTL fdAT`.split(/\s+/),
);
const REMOVED: Readonly<Record<string, Removed>> = {
  tEXt: 'text',
  zTXt: 'text',
  iTXt: 'text',
  tIME: 'time',
  eXIf: 'exif',
};
const MOST_LENGTH = 2 ** 31 - 1;

/** A PNG or APNG (PNG, third edition) with only the chunks that are needed to show it, and an orientation. */
export async function* png(source: ByteSource, facts: Facts): AsyncGenerator<Uint8Array, void> {
  const signature = await source.take(8);
  if (!isText(signature, '\x89PNG\r\n\x1a\n')) throw broken();
  yield signature;
  facts.counted(1);
  let frames = 0;
  let hasExif = false;
  for (;;) {
    const header = await source.take(8);
    const fields = new Fields(header);
    const [length, type] = [fields.u32(), fields.name()];
    if (length > MOST_LENGTH || !/^[a-zA-Z]{4}$/.test(type)) throw broken();
    if (facts.hasSize === (type === 'IHDR')) throw broken();
    if (KEPT.has(type)) {
      const ahead = new Fields(await source.ahead(Math.min(length, 26)));
      if (type === 'IHDR') facts.picture(ahead.u32(), ahead.u32());
      if (type === 'acTL') facts.counted(ahead.u32());
      if (type === 'fcTL') {
        frames += 1;
        facts.counted(frames);
        facts.durationMs += delayOf(ahead);
      }
      if (type === 'IDAT') facts.hasBegun = true;
      if (type === 'IEND') {
        await source.skip(length + 4);
        return yield chunk(type, new Uint8Array(0));
      }
      yield header;
      yield* source.pass(length + 4);
    } else if (isCritical(type)) {
      throw broken();
    } else if (type === 'eXIf' && !hasExif && length <= BUFFER_BYTES) {
      hasExif = true;
      const kept = reducedExif(await source.take(length), facts);
      await source.skip(4);
      if (kept) yield chunk('eXIf', kept);
    } else {
      facts.removed.add(REMOVED[type] ?? 'other');
      await source.skip(length + 4);
    }
  }
}

/** A decoder must know a chunk whose name begins with a capital, or show nothing. */
const isCritical = (type: string): boolean => /^[A-Z]/.test(type);

/** The time of a frame in ms: a fraction of a second, in hundredths if its denominator is 0. */
function delayOf(frame: Fields): number {
  frame.skip(20);
  const numerator = frame.u16();
  return (numerator / (frame.u16() || 100)) * 1000;
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const checked = joined([latin1(type), content]);
  const bytes = new Uint8Array(checked.length + 8);
  bytes.set(checked, 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  view.setUint32(bytes.length - 4, crc32(checked));
  return bytes;
}

/** CRC-32 as PNG has it. Without a table: it is for 30 bytes. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
