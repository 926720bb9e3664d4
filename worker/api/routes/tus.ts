import { type Context, Hono } from 'hono';
import { fail, type Result } from '../../../protocol/errors.ts';
import { groupIdOfFile } from '../../../protocol/file-id.ts';
import { FILE_BYTES } from '../../../protocol/limits.ts';
import { signedIn } from '../../auth/guards.ts';
import { problem } from '../../errors/problem.ts';
import { uploadOf } from '../../upload/upload-of.ts';
import type { UploadResult, UploadRpc } from '../../upload/upload-rpc.ts';
import type { AppEnv } from '../request/app-env.ts';
import { readIdempotencyKey } from '../request/idempotency-key.ts';
import { sessionHolds } from '../request/session-holds.ts';
import { beginUpload, fileTooLarge } from '../uploading/begin-upload.ts';
import { lengthOf } from '../uploading/incoming-file.ts';
import { passedOn, passTo } from '../uploading/passed-on.ts';
import {
  progressOf,
  readBytes,
  readChecksum,
  readMetadata,
  TUS_ABILITIES,
  TUS_BODY,
  TUS_VERSION,
  tusAnswer,
} from '../uploading/tus.ts';

const PATH = '/api/upload/tus';

/**
 * Resumable uploads by the tus protocol 1.0 (https://tus.io/protocols/resumable-upload). The last part of an upload's address is
 * the id of the file, whose reference is at `GET /api/files/metadata/:id` once the last byte was accepted.
 */
export const tus = new Hono<AppEnv>()
  // Every response has it, also those of middleware.
  .use(`${PATH}/*`, async (c, next) => {
    if (c.req.method === 'OPTIONS') return tusAnswer(204, TUS_ABILITIES);
    await next();
    c.header('Tus-Resumable', TUS_VERSION);
    return undefined;
  })

  .post(PATH, signedIn, sessionHolds, async (c) => {
    const { headers } = c.req.raw;
    if (isOfOtherVersion(headers)) return otherVersion();
    const size = readBytes(headers, 'Upload-Length');
    if (!size.ok) return problem(size.failure, 400);
    if (size.value > FILE_BYTES) return problem(fileTooLarge().failure);
    const metadata = readMetadata(headers.get('Upload-Metadata'));
    if (!metadata.ok) return problem(metadata.failure);
    const checksum = readChecksum(headers.get('Upload-Checksum'));
    if (!checksum.ok) return problem(checksum.failure, 400);
    const key = readIdempotencyKey(c);
    if (!key.ok) return problem(key.failure);

    const { groupId, filename = '', filetype = '', ...hints } = metadata.value;
    const { identity } = c.var;
    const { id, begun } = await beginUpload(c.env, {
      identity,
      groupId,
      name: filename,
      type: filetype,
      hints,
      size: size.value,
      atMost: size.value,
      metadata: headers.get('Upload-Metadata') ?? undefined,
      idempotencyKey: key.value,
    });
    if (!begun.ok) return problem(begun.failure, begun.status);
    const location = { Location: `${PATH}/${id}` };
    if (headers.get('Content-Type') !== TUS_BODY || begun.value.offset > 0) {
      return tusAnswer(201, { ...progressOf(begun.value), ...location });
    }
    const written = await write(c, uploadOf(c.env, id), 0, checksum.value);
    // The upload is there all the same, and goes on where its address says.
    if (!written.ok && written.failure.code === 'conflict') return tusAnswer(201, location);
    if (!written.ok) return problem(written.failure, written.status);
    return tusAnswer(201, { ...progressOf(written.value), ...location });
  })

  .on(['PATCH', 'DELETE'], `${PATH}/:id`, signedIn, sessionHolds, (c) => answerUpload(c))
  // HEAD, and the method that a POST stands for.
  .all(`${PATH}/:id`, signedIn, sessionHolds, (c) => answerUpload(c));

async function answerUpload(c: Context<AppEnv, '/api/upload/tus/:id'>): Promise<Response> {
  const { headers, method: sent } = c.req.raw;
  if (isOfOtherVersion(headers)) return otherVersion();
  const id = c.req.param('id');
  if (groupIdOfFile(id) === undefined) {
    return problem(fail('not_found', 'There is no such upload.').failure);
  }
  const upload = uploadOf(c.env, id);
  switch (headers.get('X-HTTP-Method-Override')?.toUpperCase() ?? sent) {
    case 'HEAD':
    case 'GET':
      return answerHead(await upload.state(c.var.identity.userId));
    case 'PATCH':
      return patch(c, upload);
    case 'DELETE': {
      const aborted = await upload.abort(c.var.identity.userId);
      return aborted.ok ? tusAnswer(204) : problem(aborted.failure);
    }
    default:
      return tusAnswer(405, { Allow: 'HEAD, PATCH, DELETE, OPTIONS' });
  }
}

async function patch(c: Context<AppEnv>, upload: UploadRpc): Promise<Response> {
  const { headers } = c.req.raw;
  if (headers.get('Content-Type') !== TUS_BODY) {
    return problem(
      fail('invalid', `Send the bytes with the Content-Type ${TUS_BODY}.`).failure,
      415,
    );
  }
  const offset = readBytes(headers, 'Upload-Offset');
  if (!offset.ok) return problem(offset.failure, 400);
  const checksum = readChecksum(headers.get('Upload-Checksum'));
  if (!checksum.ok) return problem(checksum.failure, 400);
  const written = await write(c, upload, offset.value, checksum.value);
  return written.ok
    ? tusAnswer(204, progressOf(written.value))
    : problem(written.failure, written.status);
}

async function write(
  c: Context<AppEnv>,
  upload: UploadRpc,
  offset: number,
  checksum: Checksum,
): Promise<UploadResult> {
  const chunk = { offset, length: lengthOf(c.req.raw), checksum };
  return passTo(passedOn(c.req.raw.body), (body) =>
    upload.write(c.var.identity.userId, chunk, body),
  );
}

type Checksum = ReturnType<typeof readChecksum> extends Result<infer Value> ? Value : never;

function answerHead(state: UploadResult): Response {
  if (!state.ok) return problem(state.failure, state.status);
  const { size, metadata } = state.value;
  return tusAnswer(200, {
    ...progressOf(state.value),
    ...(size !== undefined && { 'Upload-Length': String(size) }),
    ...(metadata !== undefined && { 'Upload-Metadata': metadata }),
    'Cache-Control': 'no-store',
  });
}

function isOfOtherVersion(headers: Headers): boolean {
  return headers.get('Tus-Resumable') !== TUS_VERSION;
}

function otherVersion(): Response {
  const { failure } = fail('invalid', `Send the header Tus-Resumable: ${TUS_VERSION}.`);
  const response = problem(failure, 412);
  response.headers.set('Tus-Version', TUS_VERSION);
  return response;
}
