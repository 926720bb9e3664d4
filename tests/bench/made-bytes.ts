import { createHash, randomBytes } from 'node:crypto';

export const MIB = 1024 ** 2;
const BLOCK = randomBytes(MIB);

/**
 * Bytes that need no memory: each MiB is the same random one, but for its number at the beginning. `taken` is called with the
 * offset after each piece.
 */
export function madeBytes(
  from: number,
  to: number,
  taken: (offset: number) => void = () => undefined,
): ReadableStream<Uint8Array> {
  let at = from;
  return new ReadableStream({
    pull(controller) {
      if (at >= to) return controller.close();
      const block = Buffer.from(BLOCK);
      block.writeUInt32BE(Math.floor(at / MIB));
      const begin = at % MIB;
      const piece = block.subarray(begin, Math.min(MIB, begin + to - at));
      at += piece.length;
      controller.enqueue(piece);
      taken(at);
    },
  });
}

/** SHA-256 of a stream as hex, and its length in bytes. */
export async function readThrough(
  stream: ReadableStream<Uint8Array> | null,
): Promise<{ hash: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of stream ?? []) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { hash: hash.digest('hex'), bytes };
}
