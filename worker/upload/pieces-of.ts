/** Each read costs as much as copying tens of kilobytes, so it waits for many bytes. */
const PIECE_BYTES = 128 * 1024;

/** A request that lets another one wait is stopped after so long without bytes, and in any case. */
const STALLED_MS = 2_000;
const STOP_WITHIN_MS = 10_000;

/**
 * The pieces of a body, until it ends, breaks off or is stopped: `end.isCut` is set in the last two cases. Once `signal` asks to
 * stop, a body goes on while its bytes arrive, so that two clients that send the same upload do not only stop each other.
 */
export async function* piecesOf(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  end: { isCut: boolean },
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader({ mode: 'byob' });
  const stopped = Promise.withResolvers<'stopped'>();
  const stop = () => stopped.resolve('stopped');
  let stalled: number | null = null;
  let overdue: number | null = null;
  const waitForBytes = () => {
    clearTimeout(stalled);
    stalled = setTimeout(stop, STALLED_MS);
  };
  const asked = () => {
    overdue = setTimeout(stop, STOP_WITHIN_MS);
    waitForBytes();
  };
  signal.addEventListener('abort', asked);
  if (signal.aborted) stop();
  let space = new Uint8Array(PIECE_BYTES);
  try {
    for (;;) {
      const reading = reader.readAtLeast(PIECE_BYTES / 2, space).catch(() => 'lost' as const);
      const read = await Promise.race([stopped.promise, reading]);
      if (read === 'stopped' || read === 'lost') {
        end.isCut = true;
        return;
      }
      if (read.done) return;
      if (signal.aborted) waitForBytes();
      yield read.value;
      space = new Uint8Array(read.value.buffer);
    }
  } finally {
    signal.removeEventListener('abort', asked);
    clearTimeout(stalled);
    clearTimeout(overdue);
    await reader.cancel().catch(() => undefined);
  }
}
