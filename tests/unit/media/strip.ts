import type { MediaInfo } from '../../../protocol/media/facts.ts';
import { stripped } from '../../../protocol/media/stripped.ts';

/** These bytes as a stream of chunks of at most `size` bytes. */
export function streamOf(bytes: Uint8Array, size = 16_384): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

/** Strips a file of this type; rejects as its stream does. */
export async function strip(
  type: string,
  source: Uint8Array | ReadableStream<Uint8Array>,
): Promise<{ bytes: Buffer; info: MediaInfo }> {
  const it = stripped(type, source instanceof Uint8Array ? streamOf(source) : source);
  const bytes = Buffer.from(await new Response(it.stream).arrayBuffer());
  return { bytes, info: await it.info };
}
