import { fail, ok, Problem, type Result } from '../../../protocol/errors.ts';
import { FileReference } from '../../../protocol/models.ts';
import type { SignedIn } from '../../session/session.ts';
import type { StoredFile } from '../cache/stored-file.ts';

/** The largest file that goes in one request, bytes. A larger one can be resumed. */
export const ONE_REQUEST_BYTES = 5 * 1000 ** 2;

/** What is uploaded. */
export interface Bytes {
  session: SignedIn;
  file: StoredFile;
  /** The name and the description as they are now. */
  reference: FileReference;
  /** Called with the number of bytes that have gone. */
  onProgress(sent: number): void;
  signal: AbortSignal;
}

/** The outcome of an attempt; `mayRetry` if another one may succeed. */
export type Sent = Result<FileReference> & { mayRetry?: boolean };

const LOST: Sent = {
  ...fail('unavailable', 'The server cannot be reached. Check your connection.'),
  mayRetry: true,
};

/** Uploads a small file in one request. A repeat with the same file creates no second one. Rejects if it is aborted. */
export async function sendAtOnce(bytes: Bytes): Promise<Sent> {
  const first = await post(bytes, false);
  return first.status === 401 ? answerOf(await post(bytes, true)) : answerOf(first);
}

/** What is known of a file besides its name and type, for the headers of a request or the metadata of a tus upload. */
export function describedAs({
  file,
  reference,
}: Pick<Bytes, 'file' | 'reference'>): Record<string, string> {
  const { alt } = reference.metadata;
  const found = Object.entries({ ...file.found, ...(alt && { alt }) });
  return Object.fromEntries(found.map(([name, value]) => [name, String(value)]));
}

interface Answer {
  status: number;
  text: string;
}

async function post(bytes: Bytes, fresh: boolean): Promise<Answer> {
  const { session, file, reference, onProgress, signal } = bytes;
  const token = await session.getToken({ fresh });
  return await new Promise((resolve, reject) => {
    // `fetch` does not tell how much has gone.
    const request = new XMLHttpRequest();
    request.open('POST', `/api/upload?groupId=${file.groupId}`);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.setRequestHeader('idempotency-key', file.id);
    request.setRequestHeader('content-type', file.blob.type || 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(reference.name));
    for (const [name, value] of Object.entries(describedAs(bytes))) {
      const header = name === 'durationMs' ? 'duration-ms' : name;
      request.setRequestHeader(
        `x-file-${header}`,
        name === 'alt' ? encodeURIComponent(value) : value,
      );
    }
    request.upload.onprogress = ({ loaded }) => onProgress(Math.min(loaded, file.blob.size));
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => resolve({ status: 0, text: '' });
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort());
    request.send(file.blob);
  });
}

/** The outcome that an answer of the server means. */
export function answerOf({ status, text }: Answer): Sent {
  const body = parsed(text);
  const reference = FileReference.safeParse(body);
  if (status >= 200 && status < 300 && reference.success) return ok(reference.data);
  const problem = Problem.safeParse(body);
  if (!problem.success) return LOST;
  const { code, detail, retryAfterMs } = problem.data;
  const why = fail(code, detail, {
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
  return { ...why, mayRetry: ['unavailable', 'internal', 'rate_limited'].includes(code) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
