import { fail } from '../../protocol/errors.ts';
import type { FileReference } from '../../protocol/models.ts';
import type { Env } from '../env.ts';
import { problem } from '../errors/problem.ts';
import { fileKey } from '../file-keys.ts';
import { evaluate, rangeHolds } from './conditional.ts';
import { disposition } from './disposition.ts';
import { mayBeInline } from './inline.ts';
import { wantedRange } from './range.ts';
import { findVariant } from './variant.ts';

/** What a request for a file wants. */
export interface FileRequest {
  file: FileReference;
  /** Of the bytes. */
  etag: string;
  /** The width of the variant that is wanted, in pixels. */
  width?: number | undefined;
  /** Never shown by the browser itself. */
  isDownload: boolean;
}

/** The bytes that a response is about: the file's, or those of a variant. */
interface Representation {
  etag: string;
  type: string;
  size: number;
  body(range?: R2Range): Promise<ReadableStream | null>;
}

/**
 * Answers `GET` and `HEAD` for a file as RFC 9110 has it, with conditions and ranges. The caller has checked that the user may read the file.
 */
export async function serveFile(
  env: Env,
  request: Request,
  wanted: FileRequest,
): Promise<Response> {
  const { file, etag, width, isDownload } = wanted;
  const shown = await representation(env, wanted, width);
  const version = { etag: shown.etag, changedAt: file.metadata.uploadedAt };
  const isInline = !isDownload && mayBeInline(shown.type);
  const headers = new Headers({
    ETag: `"${shown.etag}"`,
    'Last-Modified': new Date(version.changedAt).toUTCString(),
    'Cache-Control': 'private, no-cache',
    Vary: 'Authorization, Cookie',
  });
  const precondition = evaluate(request.headers, version);
  if (precondition === 'not_modified') return new Response(null, { status: 304, headers });
  if (precondition === 'failed') {
    const detail =
      'The file is not the one that you asked for. Fetch it again without a condition.';
    return problem(fail('conflict', detail).failure, 412);
  }

  headers.set('Accept-Ranges', 'bytes');
  headers.set(
    'Content-Type',
    shown.type === 'text/plain' ? 'text/plain; charset=utf-8' : shown.type,
  );
  headers.set('Content-Disposition', disposition(isInline ? 'inline' : 'attachment', file.name));
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Content-Security-Policy', "sandbox; default-src 'none'");
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');

  const isHead = request.method === 'HEAD';
  // RFC 9110 defines ranges for GET alone.
  const asked =
    isHead || !rangeHolds(request.headers, version) ? null : request.headers.get('Range');
  const range = wantedRange(asked, shown.size);
  if (range.state === 'unsatisfiable') {
    const response = problem(
      fail('invalid', `The file has ${shown.size} bytes. Ask for some of them.`).failure,
      416,
    );
    response.headers.set('Content-Range', `bytes */${shown.size}`);
    return response;
  }
  const part = range.state === 'part' ? range.range : undefined;
  headers.set('Content-Length', String(part?.length ?? shown.size));
  if (part) {
    const last = part.offset + part.length - 1;
    headers.set('Content-Range', `bytes ${part.offset}-${last}/${shown.size}`);
  }
  const status = part ? 206 : 200;
  if (isHead) return new Response(null, { status, headers });
  const body = await shown.body(part);
  if (body || shown.size === 0) return new Response(body, { status, headers });
  console.error(JSON.stringify({ event: 'file_without_bytes', id: file.id, etag }));
  return problem(fail('not_found', 'The bytes of this file are lost.').failure);
}

async function representation(
  env: Env,
  { file, etag }: FileRequest,
  width: number | undefined,
): Promise<Representation> {
  const variant = width === undefined ? undefined : await findVariant(env, file, width);
  if (variant) return { ...variant, etag: `${etag}-${width}` };
  return {
    etag,
    type: file.type,
    size: file.size,
    async body(range) {
      const object = await env.FILES.get(fileKey(file.id), range ? { range } : {});
      return object?.body ?? null;
    },
  };
}
