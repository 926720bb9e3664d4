/** The bytes of a request on their way to an object, which may stop reading them: then the rest can still be drained. */
export interface PassedOn {
  body: ReadableStream<Uint8Array>;
  /** Reads the request into `body`, which must be read at the same time. Never throws: `body` fails instead. */
  read(): Promise<void>;
  /** Ends `read`, once nobody reads `body` any more. */
  stop(): void;
}

/** Passes on the body of a request. */
export function passedOn(source: ReadableStream<Uint8Array> | null): PassedOn {
  const { readable, writable } = new IdentityTransformStream();
  const controller = new AbortController();
  const read = async () => {
    if (!source) return writable.close();
    const { signal } = controller;
    await source.pipeTo(writable, { preventCancel: true, signal }).catch(() => undefined);
  };
  return { body: readable, read, stop: () => controller.abort() };
}

/** Passes the bytes on to `taken`, and waits for what becomes of them. */
export async function passTo<T>(
  { body, read, stop }: PassedOn,
  taken: (body: ReadableStream<Uint8Array>) => Promise<T>,
): Promise<T> {
  const reading = read();
  try {
    return await taken(body);
  } finally {
    // An object that stops early does not always end the stream.
    stop();
    await reading;
  }
}

/** Leaves bytes unread that nobody wants. */
export async function leave({ read, stop }: PassedOn): Promise<void> {
  stop();
  await read();
}
