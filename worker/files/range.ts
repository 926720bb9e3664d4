/** Bytes of a file, from 0. */
export interface ByteRange {
  offset: number;
  length: number;
}

/** What a `Range` header asks for: everything, some bytes, or bytes that the file does not have. */
export type Wanted =
  | { state: 'all' }
  | { state: 'part'; range: ByteRange }
  | { state: 'unsatisfiable' };

/** `first-last`, `first-` or `-length`. */
const SPEC = /^(\d*)-(\d*)$/;

/**
 * Reads a `Range` header (RFC 9110, section 14) for a file of `size` bytes. Another unit and a header that cannot be parsed
 * are ignored. Several ranges are answered with the whole file, which section 14.2 allows: media players ask for one.
 */
export function wantedRange(header: string | null, size: number): Wanted {
  const set = /^bytes=(.*)$/i.exec(header?.trim() ?? '')?.[1];
  const specs = set?.split(',').map((spec) => spec.trim()) ?? [];
  const [, first = '', last = ''] = SPEC.exec(specs.length === 1 ? (specs[0] ?? '') : '') ?? [];
  if (first === '' && last === '') return { state: 'all' };
  if (first === '') return part(Math.max(0, size - Number(last)), size - 1, size);
  if (last !== '' && Number(last) < Number(first)) return { state: 'all' };
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return part(Number(first), end, size);
}

function part(first: number, last: number, size: number): Wanted {
  if (first >= size || last < first) return { state: 'unsatisfiable' };
  return { state: 'part', range: { offset: first, length: last - first + 1 } };
}
