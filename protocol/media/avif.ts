import { avifItems } from './avif-items.ts';
import { type Box, boxes } from './boxes.ts';
import type { ByteSource } from './byte-source.ts';
import type { Facts } from './facts.ts';
import { Fields } from './fields.ts';
import { filmHeader } from './film.ts';
import type { Overwritten } from './inner-boxes.ts';
import { broken } from './media-error.ts';

/**
 * An AVIF whose metadata is overwritten, because others point into the file by offsets. An orientation is not in its Exif
 * data, but a property of the picture, and stays.
 */
export async function* avif(source: ByteSource, facts: Facts): AsyncGenerator<Uint8Array, void> {
  const first = (await source.ahead(8)).subarray(0, 8);
  if (first.length < 8 || new Fields(first, 4).name() !== 'ftyp') throw broken();
  yield* new Avif(source, facts).all();
}

class Avif {
  readonly #source: ByteSource;
  readonly #facts: Facts;
  #overwritten: Overwritten[] | undefined;
  #isInFilm = false;

  constructor(source: ByteSource, facts: Facts) {
    this.#source = source;
    this.#facts = facts;
    facts.counted(1);
  }

  all(): AsyncGenerator<Uint8Array, void> {
    return boxes(this.#source, this.#facts, (box) => {
      if (box.type === 'moov') this.#isInFilm = true;
      if (box.type === 'meta' && !this.#isInFilm && !this.#overwritten) return this.#meta(box);
      if (box.type === 'mdat') return this.#data(box);
      if (box.type === 'stsz') return this.#samples(box);
      return filmHeader(box, this.#source, this.#facts);
    });
  }

  async *#meta(box: Box): AsyncGenerator<Uint8Array, void> {
    const offset = this.#source.position;
    const content = (await this.#source.take(box.length)).slice();
    this.#overwritten = avifItems(content, offset, this.#facts);
    yield box.header;
    yield content;
  }

  /** Where metadata is must be known before it is read: the specification has `meta` first. */
  async *#data(box: Box): AsyncGenerator<Uint8Array, void> {
    const source = this.#source;
    if (!this.#overwritten) throw broken();
    this.#facts.hasBegun = true;
    yield box.header;
    const end = source.position + box.length;
    for (let [part] = this.#overwritten; part && part.start < end; [part] = this.#overwritten) {
      this.#overwritten.shift();
      if (part.start < source.position || part.start + part.length > end) throw broken();
      yield* source.pass(part.start - source.position);
      const wasThere = yield* source.overwrite(part.length, part.content);
      if (wasThere) this.#facts.removed.add(part.kind);
    }
    yield* source.pass(end - source.position);
  }

  /** An animation is a film, with a sample for each frame. */
  async *#samples(box: Box): AsyncGenerator<Uint8Array, void> {
    const fields = new Fields(await this.#source.ahead(Math.min(box.length, 12)), 8);
    this.#facts.counted(fields.u32());
    yield box.header;
    yield* this.#source.pass(box.length);
  }
}
