/** R2 wants the parts of an upload, but the last, to be equal and at least 5 MiB. A larger part would cost memory. */
export const PART_BYTES = 8 * 1024 * 1024;

/** Collects bytes until they fill a part. */
export class PartBuffer {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** A buffer of `capacity` bytes: `PART_BYTES`, or less where fewer can come. */
  constructor(capacity: number) {
    this.#bytes = new Uint8Array(Math.min(capacity, PART_BYTES));
  }

  /** How many bytes it holds. */
  get length(): number {
    return this.#length;
  }

  get isFull(): boolean {
    return this.#length === PART_BYTES;
  }

  /** The bytes that it holds, until the next call. */
  held(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Takes what fits, and returns the rest. */
  take(chunk: Uint8Array): Uint8Array {
    const taken = chunk.subarray(0, this.#bytes.length - this.#length);
    this.#bytes.set(taken, this.#length);
    this.#length += taken.length;
    return chunk.subarray(taken.length);
  }

  clear(): void {
    this.#length = 0;
  }
}
