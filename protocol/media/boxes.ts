import type { ByteSource } from './byte-source.ts';
import type { Facts } from './facts.ts';
import { Fields, latin1 } from './fields.ts';
import { broken } from './media-error.ts';

/** A box of an ISO base media file (ISO/IEC 14496-12): its header with its name, and how many bytes follow. */
export interface Box {
  type: string;
  header: Uint8Array;
  /** Infinity for one that reaches to the end of the file. */
  length: number;
}

/** Reads the content of a box that a format knows, and yields what is left of it; undefined for a box that it does not. */
export type ReadBox = (box: Box) => AsyncGenerator<Uint8Array, void> | undefined;

/** Boxes that hold what is looked for, deep enough for what is said of a track and its samples. */
const OPENED: ReadonlySet<string> = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);
/** No box that is opened stands in more others. */
const DEEPEST = OPENED.size;
/** What devices and programs say of a film: its place, its author, its device. */
const EMPTIED: ReadonlySet<string> = new Set(['udta', 'meta', 'uuid', 'free', 'skip']);
/** The only boxes with content outside of the others. */
const OUTER: ReadonlySet<string> = new Set(
  'ftyp styp moov mdat moof mfra sidx ssix prft emsg pdin wide'.split(' '),
);

/**
 * The boxes up to `end`, an offset in the file. Those with metadata become free space of the same length, because others
 * point into the file by offsets.
 */
export async function* boxes(
  source: ByteSource,
  facts: Facts,
  read: ReadBox,
  end = Number.POSITIVE_INFINITY,
  depth = 0,
): AsyncGenerator<Uint8Array, void> {
  if (depth > DEEPEST) throw broken();
  const isOuter = end === Number.POSITIVE_INFINITY;
  while (isOuter ? !(await source.isAtEnd()) : source.position + 8 <= end) {
    const box = await boxAhead(source, isOuter);
    if (box.length > end - source.position) throw broken();
    const content = read(box);
    if (content) yield* content;
    else if (EMPTIED.has(box.type) || (isOuter && !OUTER.has(box.type))) {
      yield* emptied(source, facts, box);
    } else {
      if (box.type === 'moov' || box.type === 'mdat') facts.hasBegun = true;
      yield box.header;
      if (OPENED.has(box.type)) {
        yield* boxes(source, facts, read, source.position + box.length, depth + 1);
      } else yield* source.pass(box.length);
    }
  }
  // Programs end some boxes with four zeros.
  if (!isOuter) yield* source.overwrite(end - source.position);
}

async function boxAhead(source: ByteSource, isOuter: boolean): Promise<Box> {
  const short = await source.take(8);
  const fields = new Fields(short);
  const [size, type] = [fields.u32(), fields.name()];
  if (size === 0 && isOuter) return { type, header: short, length: Number.POSITIVE_INFINITY };
  if (size !== 1) return checked({ type, header: short, length: size - 8 });
  const long = await source.take(8);
  const header = new Uint8Array([...short, ...long]);
  return checked({ type, header, length: new Fields(long).u64() - 16 });
}

function checked(box: Box): Box {
  if (box.length < 0) throw broken();
  return box;
}

async function* emptied(
  source: ByteSource,
  facts: Facts,
  box: Box,
): AsyncGenerator<Uint8Array, void> {
  const header = box.header.slice();
  header.set(latin1('free'), 4);
  yield header;
  const wasUsed = yield* source.overwrite(box.length);
  if (wasUsed) facts.removed.add(box.type === 'uuid' ? 'other' : 'user_data');
}
