import { type ByteSource, joined } from './byte-source.ts';
import { reducedExif } from './exif.ts';
import type { Facts, Removed } from './facts.ts';
import { Fields, isText, latin1 } from './fields.ts';
import { broken } from './media-error.ts';

const [SOI, EOI, SOS, COM] = [0xd8, 0xd9, 0xda, 0xfe];
const [DHT, JPG, DAC] = [0xc4, 0xc8, 0xcc];
const APP0 = 0xe0;
const EXIF = latin1('Exif\0\0');

/**
 * A JPEG (ITU-T T.81) without what is not needed to show it. Of the application segments only JFIF, ICC and Adobe's, which
 * say what the colours mean, are kept, and an orientation.
 */
export async function* jpeg(source: ByteSource, facts: Facts): AsyncGenerator<Uint8Array, void> {
  const state = { isInScan: false };
  try {
    yield* segments(source, facts, state);
  } catch (error) {
    // Without a marker behind it a decoder waits for more of the last scan, and does not show its last rows.
    if (facts.hasBegun && !state.isInScan) yield Uint8Array.of(0xff, EOI);
    throw error;
  }
}

async function* segments(
  source: ByteSource,
  facts: Facts,
  state: { isInScan: boolean },
): AsyncGenerator<Uint8Array, void> {
  if (!isText(await source.take(2), '\xff\xd8')) throw broken();
  yield Uint8Array.of(0xff, SOI);
  facts.counted(1);
  let hasExif = false;
  for (;;) {
    const marker = await nextMarker(source);
    if (marker === EOI) return yield Uint8Array.of(0xff, EOI);
    if (marker === SOI) throw broken();
    if (isAlone(marker)) continue;
    const length = new Fields(await source.take(2)).u16();
    if (length < 2) throw broken();
    const content = await source.take(length - 2);
    if (isFrame(marker)) facts.picture(...sizeOf(content));
    if (marker === 0xe1 && isText(content, 'Exif\0') && !hasExif && !facts.hasBegun) {
      hasExif = true;
      const kept = reducedExif(content.subarray(EXIF.length), facts);
      if (kept) yield segment(marker, joined([EXIF, kept]));
      continue;
    }
    const kept = isMetadata(marker) ? keptOf(marker, content, facts) : content;
    if (kept) yield segment(marker, kept);
    if (marker !== SOS) continue;
    if (!facts.hasSize) throw broken();
    facts.hasBegun = true;
    state.isInScan = true;
    yield* scan(source);
    state.isInScan = false;
  }
}

/** What a browser shows depends on none of the others: comments, application segments, and markers without a meaning. */
const isMetadata = (marker: number): boolean =>
  (marker >= APP0 && marker <= COM) || marker < 0xc0 || marker === JPG;

/** What is left of a segment of metadata; undefined for nothing. */
function keptOf(marker: number, content: Uint8Array, facts: Facts): Uint8Array | undefined {
  if (marker === APP0 && isText(content, 'JFIF\0') && content.length >= 14) {
    return withoutThumbnail(content, facts);
  }
  if (marker === 0xe2 && isText(content, 'ICC_PROFILE\0')) return content;
  if (marker === 0xee && isText(content, 'Adobe') && content.length >= 12) {
    return content.subarray(0, 12);
  }
  facts.removed.add(kindOf(marker, content));
  return undefined;
}

function kindOf(marker: number, content: Uint8Array): Removed {
  if (marker === COM) return 'text';
  if (marker === APP0) return 'thumbnail';
  if (marker === 0xe1 && isText(content, 'Exif\0')) return 'exif';
  if (marker === 0xe1 && isText(content, 'http://ns.adobe.com/x')) return 'xmp';
  if (marker === 0xed) return 'iptc';
  return 'other';
}

/** JFIF may hold a small picture, of what was there before the large one was cropped. */
function withoutThumbnail(jfif: Uint8Array, facts: Facts): Uint8Array {
  const kept = jfif.slice(0, 14);
  kept.fill(0, 12);
  if (jfif.length > 14) facts.removed.add('thumbnail');
  return kept;
}

/** Passes compressed data up to the next marker, which stays in the source. */
async function* scan(source: ByteSource): AsyncGenerator<Uint8Array, void> {
  for (;;) {
    const bytes = await source.ahead(2);
    const end = endOfScan(bytes);
    if (end === 0 && bytes.length > 1) return;
    yield* source.pass(Math.max(1, end));
  }
}

/** The offset of the first marker, or of a last byte that may begin one; the length if there is none. */
function endOfScan(bytes: Uint8Array): number {
  let at = bytes.indexOf(0xff);
  while (at >= 0) {
    const code = bytes[at + 1];
    const isData = code === 0 || (code !== undefined && isRestart(code));
    if (!isData) return at;
    at = bytes.indexOf(0xff, at + 2);
  }
  return bytes.length;
}

/** Takes the next marker, and skips what stands before it. */
async function nextMarker(source: ByteSource): Promise<number> {
  for (;;) {
    const bytes = await source.ahead(2);
    const at = bytes.indexOf(0xff);
    await source.skip(at < 0 ? Math.max(1, bytes.length) : at);
    if (at < 0) continue;
    const code = (await source.ahead(2))[1];
    if (code === undefined) throw broken();
    await source.skip(code === 0xff ? 1 : 2);
    if (code !== 0xff && code !== 0) return code;
  }
}

const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;

/** Markers that no length follows: restarts, and one for private use in compressed data. */
const isAlone = (marker: number): boolean => isRestart(marker) || marker === 0x01;

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![DHT, JPG, DAC].some((other) => other === marker);

function sizeOf(frame: Uint8Array): [width: number, height: number] {
  const fields = new Fields(frame, 1);
  const height = fields.u16();
  return [fields.u16(), height];
}

function segment(marker: number, content: Uint8Array): Uint8Array {
  const length = content.length + 2;
  return joined([Uint8Array.of(0xff, marker, length >> 8, length & 0xff), content]);
}
