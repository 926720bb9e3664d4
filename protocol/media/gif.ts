import type { ByteSource } from './byte-source.ts';
import type { Facts, Removed } from './facts.ts';
import { Fields, isText } from './fields.ts';
import { broken } from './media-error.ts';

const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b];
const [CONTROL, COMMENT, PLAIN_TEXT, APPLICATION] = [0xf9, 0xfe, 0x01, 0xff];
/** The application extensions that a picture needs: how often it repeats, and its colours. */
const KEPT = ['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012'];

/** A GIF (89a) without comments, texts and what programs keep in it. */
export async function* gif(source: ByteSource, facts: Facts): AsyncGenerator<Uint8Array, void> {
  const head = await source.take(13);
  if (!isText(head, 'GIF87a') && !isText(head, 'GIF89a')) throw broken();
  yield head;
  const fields = new Fields(head, 6, true);
  const screen = { width: fields.u16(), height: fields.u16() };
  yield* source.pass(colours(fields.u8()));
  let frames = 0;
  for (;;) {
    const [kind] = await source.take(1);
    if (kind === TRAILER) return yield Uint8Array.of(TRAILER);
    if (kind === EXTENSION) yield* extension(source, facts);
    else if (kind === IMAGE) {
      const frame = new Fields(await source.ahead(9), 0, true);
      const [left, top, width, height] = [frame.u16(), frame.u16(), frame.u16(), frame.u16()];
      // Browsers enlarge the screen for a first frame that does not fit.
      facts.picture(Math.max(screen.width, left + width), Math.max(screen.height, top + height));
      frames += 1;
      facts.counted(frames);
      facts.hasBegun = true;
      yield Uint8Array.of(IMAGE);
      yield* source.pass(9 + colours(frame.u8()));
      // The length of the codes, and then the pixels.
      yield* source.pass(1);
      yield* blocks(source);
    } else throw broken();
  }
}

/** The bytes of the table of colours that these flags announce. */
const colours = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

async function* extension(source: ByteSource, facts: Facts): AsyncGenerator<Uint8Array, void> {
  const [label] = await source.take(1);
  if (label === undefined) throw broken();
  const content = await source.ahead(12);
  if (label === CONTROL) facts.durationMs += new Fields(content, 2, true).u16() * 10;
  const isKept = label === APPLICATION && KEPT.some((name) => isText(content, `\x0b${name}`));
  if (label === CONTROL || isKept) {
    yield Uint8Array.of(EXTENSION, label);
    return yield* blocks(source);
  }
  facts.removed.add(kindOf(label, content));
  for await (const _ of blocks(source));
}

function kindOf(label: number, content: Uint8Array): Removed {
  if (label === COMMENT || label === PLAIN_TEXT) return 'text';
  return isText(content, '\x0bXMP DataXMP') ? 'xmp' : 'other';
}

/** Passes blocks, each with its length before it, and the empty one that ends them. */
async function* blocks(source: ByteSource): AsyncGenerator<Uint8Array, void> {
  for (;;) {
    const bytes = await source.ahead(1);
    let at = 0;
    let length = bytes[at];
    while (length !== undefined && length > 0) {
      at += 1 + length;
      length = bytes[at];
    }
    if (length === 0) return yield* source.pass(at + 1);
    // The last block at hand may end in what has not arrived.
    yield* source.pass(Math.max(1, at));
  }
}
