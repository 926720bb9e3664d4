import { BUFFER_BYTES, type ByteSource, joined } from './byte-source.ts';
import { orientationOnly, readExif } from './exif.ts';
import type { Facts } from './facts.ts';
import { Fields, isText, latin1 } from './fields.ts';
import { broken } from './media-error.ts';

const PICTURE = ['VP8 ', 'VP8L'];
const KEPT: ReadonlySet<string> = new Set(['VP8X', 'ICCP', 'ANIM', 'ANMF', 'ALPH', ...PICTURE]);
/** The flag of `VP8X` for XMP. */
const XMP_FLAG = 0x04;
/** Chromium ignores the orientation of a WebP. Without it no other program turns the picture against its stored size. */
const UPRIGHT = orientationOnly(1);
/** Readers skip chunks that they do not know. */
const NOTHING = latin1('JUNK');

/**
 * A WebP (RFC 9649) whose metadata is zeros. Its length stays the same, because the file begins with its length and ends with
 * its metadata, and it is not held until then.
 */
export async function* webp(source: ByteSource, facts: Facts): AsyncGenerator<Uint8Array, void> {
  const head = await source.take(12);
  if (!isText(head, 'RIFF') || !isText(head, 'WEBP', 8)) throw broken();
  yield head;
  yield* new Chunks(source, facts).all(8 + new Fields(head, 4, true).u32());
}

class Chunks {
  readonly #source: ByteSource;
  readonly #facts: Facts;
  #frames = 0;

  constructor(source: ByteSource, facts: Facts) {
    this.#source = source;
    this.#facts = facts;
    facts.counted(1);
  }

  /** The chunks up to `end`, of the file or of one of its frames. */
  async *all(end: number, isFrame = false): AsyncGenerator<Uint8Array, void> {
    const source = this.#source;
    while (source.position + 8 <= end) {
      const header = await source.take(8);
      const fields = new Fields(header, 0, true);
      const [name, length] = [fields.name(), fields.u32()];
      const padded = length + (length % 2);
      if (source.position + length > end) throw broken();
      const isNested = isFrame && name === 'ANMF';
      if (name === 'EXIF' && length <= BUFFER_BYTES) yield* this.#exif(header, length);
      else if (KEPT.has(name) && !isNested) yield* this.#kept(name, header, length, isFrame);
      else {
        yield joined([NOTHING, header.subarray(4)]);
        const wasThere = yield* source.overwrite(length);
        if (wasThere) this.#facts.removed.add(name === 'XMP ' ? 'xmp' : 'other');
      }
      if (padded > length && source.position < end) yield* source.overwrite(1);
    }
    yield* source.overwrite(end - source.position);
  }

  async *#kept(
    name: string,
    header: Uint8Array,
    length: number,
    isFrame: boolean,
  ): AsyncGenerator<Uint8Array, void> {
    const source = this.#source;
    const bytes = await source.ahead(Math.min(length, 16));
    yield header;
    if (PICTURE.includes(name)) {
      this.#facts.hasBegun = true;
      const [width, height] = sizeOf(name, bytes);
      if (isFrame) this.#facts.covers(width, height);
      else this.#facts.picture(width, height);
    }
    if (name === 'VP8X') {
      const flags = new Fields(await source.take(1)).u8();
      const size = new Fields(bytes, 4, true);
      this.#facts.picture(size.u24() + 1, size.u24() + 1);
      yield Uint8Array.of(flags & ~XMP_FLAG);
      yield* source.pass(length - 1);
    } else if (name === 'ANMF') {
      const end = source.position + length;
      this.#frames += 1;
      this.#facts.counted(this.#frames);
      this.#facts.durationMs += new Fields(bytes, 12, true).u24();
      yield await source.take(16);
      yield* this.all(end, true);
    } else {
      yield* source.pass(length);
    }
  }

  /** Exif data stays Exif data, because the first chunk says that there is some. */
  async *#exif(header: Uint8Array, length: number): AsyncGenerator<Uint8Array, void> {
    const content = (await this.#source.ahead(length)).subarray(0, length);
    if (content.length < length) throw broken();
    if (readExif(content).hasLocation) this.#facts.removed.add('location');
    yield header;
    const wasMore = yield* this.#source.overwrite(length, UPRIGHT);
    if (wasMore) this.#facts.removed.add('exif');
  }
}

/** The size that the compressed data says. */
function sizeOf(name: string, bytes: Uint8Array): [width: number, height: number] {
  if (name === 'VP8 ') {
    if (!isText(bytes, '\x9d\x01\x2a', 3)) throw broken();
    const fields = new Fields(bytes, 6, true);
    return [fields.u16() & 0x3fff, fields.u16() & 0x3fff];
  }
  if (bytes[0] !== 0x2f) throw broken();
  const bits = new Fields(bytes, 1, true).u32();
  return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
}
