import { broken } from './media-error.ts';

/** The most bytes that a parser looks at together: the metadata of an AVIF, or a segment of a JPEG. */
export const BUFFER_BYTES = 256 * 1024;

/**
 * Reads a stream by counts of bytes, however it is cut into chunks. It buffers at most BUFFER_BYTES and one chunk of the
 * stream. What it returns are views: do not write into them. It throws MediaError `broken` where the stream ends too early.
 */
export class ByteSource {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #bytes: Uint8Array = new Uint8Array(0);
  #position = 0;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** The offset of the next byte in the file. */
  get position(): number {
    return this.#position;
  }

  /** The next bytes without taking them: at least `count`, fewer only if the file ends before. */
  async ahead(count: number): Promise<Uint8Array> {
    if (this.#bytes.length < count) await this.#fill(count);
    return this.#bytes;
  }

  /** The next `count` bytes. */
  async take(count: number): Promise<Uint8Array> {
    if (count > BUFFER_BYTES) throw broken();
    if ((await this.ahead(count)).length < count) throw broken();
    return this.#advance(count);
  }

  /** The next `count` bytes as they arrive. */
  async *pass(count: number): AsyncGenerator<Uint8Array, void> {
    for (let left = count; left > 0; ) {
      const bytes = await this.#some(left);
      left -= bytes.length;
      yield bytes;
    }
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) left -= (await this.#some(left)).length;
  }

  /**
   * Writes `content` and then zeros in place of the next `count` bytes, so that no offset in the file changes. Returns
   * whether any byte was different.
   */
  async *overwrite(count: number, content?: Uint8Array): AsyncGenerator<Uint8Array, boolean> {
    let differs = false;
    for (let done = 0; done < count; ) {
      const old = await this.#some(count - done);
      const bytes = new Uint8Array(old.length);
      if (content && done < content.length) {
        bytes.set(content.subarray(done, done + old.length));
      }
      differs ||= old.some((byte, at) => byte !== bytes[at]);
      done += old.length;
      yield bytes;
    }
    return differs;
  }

  async isAtEnd(): Promise<boolean> {
    return (await this.ahead(1)).length === 0;
  }

  cancel(reason?: unknown): Promise<void> {
    return this.#reader.cancel(reason);
  }

  /** At least one byte and at most `most`. */
  async #some(most: number): Promise<Uint8Array> {
    const { length } = await this.ahead(1);
    if (length === 0) throw broken();
    return this.#advance(Math.min(most, length));
  }

  #advance(count: number): Uint8Array {
    const bytes = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    this.#position += count;
    return bytes;
  }

  async #fill(count: number): Promise<void> {
    const parts: Uint8Array[] = this.#bytes.length > 0 ? [this.#bytes] : [];
    for (let length = this.#bytes.length; length < count; ) {
      const { done, value } = await this.#reader.read();
      if (done) break;
      // A Buffer's own `slice` is a view, through which the caller's bytes would be changed.
      parts.push(new Uint8Array(value.buffer, value.byteOffset, value.length));
      length += value.length;
    }
    this.#bytes = joined(parts);
  }
}

/** These bytes one after the other. One alone is not copied. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  if (first && parts.length === 1) return first;
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
