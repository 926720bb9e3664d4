import { broken } from './media-error.ts';

/** Reads the fields of a structure one after the other. It throws MediaError `broken` behind its end. */
export class Fields {
  readonly #view: DataView;
  readonly #littleEndian: boolean;
  #at: number;

  constructor(bytes: Uint8Array, at = 0, littleEndian = false) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = at;
    this.#littleEndian = littleEndian;
  }

  /** The offset of the next field. */
  get at(): number {
    return this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.skip(1));
  }

  u16(): number {
    return this.#view.getUint16(this.skip(2), this.#littleEndian);
  }

  u24(): number {
    const [first, second, third] = [this.u8(), this.u8(), this.u8()];
    return this.#littleEndian
      ? first | (second << 8) | (third << 16)
      : (first << 16) | (second << 8) | third;
  }

  u32(): number {
    return this.#view.getUint32(this.skip(4), this.#littleEndian);
  }

  /** A file has fewer than 2⁵³ bytes: what is larger loses precision and fails as too long. */
  u64(): number {
    return Number(this.#view.getBigUint64(this.skip(8), this.#littleEndian));
  }

  /** Four characters that name a chunk or a box. */
  name(): string {
    return String.fromCharCode(this.u8(), this.u8(), this.u8(), this.u8());
  }

  /** Returns the offset before it. */
  skip(count: number): number {
    const from = this.#at;
    if (from + count > this.#view.byteLength) throw broken();
    this.#at = from + count;
    return from;
  }
}

/** Whether the bytes at `at` are these Latin-1 characters. */
export function isText(bytes: Uint8Array, text: string, at = 0): boolean {
  return [...text].every((character, index) => bytes[at + index] === character.charCodeAt(0));
}

/** Latin-1 characters as bytes. */
export const latin1 = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));
