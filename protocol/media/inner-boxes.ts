import type { Facts, Removed } from './facts.ts';
import { Fields } from './fields.ts';
import { broken } from './media-error.ts';

/** A box in bytes that are at hand: its name, and the offsets of its content. */
export interface Inner {
  type: string;
  start: number;
  end: number;
}

/** The boxes from `start` to `end`. Throws MediaError `broken` if one is longer. */
export function innerBoxes(bytes: Uint8Array, start: number, end: number): Inner[] {
  const found: Inner[] = [];
  for (let at = start; at + 8 <= end; ) {
    const fields = new Fields(bytes, at);
    const [size, type] = [fields.u32(), fields.name()];
    if (size < 8 || at + size > end) throw broken();
    found.push({ type, start: at + 8, end: at + size });
    at += size;
  }
  return found;
}

/** A part of the file that is overwritten with `content` and zeros. */
export interface Overwritten {
  start: number;
  length: number;
  content: Uint8Array;
  kind: Removed;
}

/** Overwrites a part of these bytes. */
export function overwrite(
  bytes: Uint8Array,
  { start, length, content, kind }: Overwritten,
  facts: Facts,
) {
  const wanted = new Uint8Array(length);
  wanted.set(content);
  const old = bytes.subarray(start, start + length);
  if (old.some((byte, at) => byte !== wanted[at])) facts.removed.add(kind);
  old.set(wanted);
}
