import * as z from 'zod/mini';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { FileBytesQuery, FileHints, UploadQuery } from '../../../protocol/file-requests.ts';
import { FileSession } from '../../../protocol/files.ts';
import { FileId } from '../../../protocol/ids.ts';
import { UPLOAD_BYTES } from '../../../protocol/limits.ts';
import { FileReference } from '../../../protocol/models.ts';
import { TUS_BODY } from '../uploading/tus.ts';
import { operation } from './operation.ts';

const params = { path: z.object({ id: FileId }) };
const Bytes = z.string().register(z.globalRegistry, { format: 'binary' });
const UploadForm = z.object({ ...FileHints.shape, file: Bytes });

/** `GET /api/files/{id}` in `/api/openapi.json`. */
export const fileBytes = operation({
  tag: 'Files',
  summary: 'Get the bytes of a file or, with `w`, a picture scaled down to this width',
  description:
    'The cookie of `POST /api/files/session` is enough, and `HEAD` works, too. Ranges and conditions are those of RFC 9110. `download` makes a browser save the file; HTML, XML and SVG are always saved.',
  params: { ...params, query: FileBytesQuery },
  answers: {
    200: 'The bytes',
    206: 'Some of the bytes',
    304: 'The client has the newest version',
    412: 'A condition does not hold',
    416: 'The file does not have these bytes',
  },
  failures: ['invalid', 'not_found', 'forbidden'],
});

/** The routes of uploads and of the bytes of files in `/api/openapi.json`. */
export const uploadPaths: ZodOpenApiPathsObject = {
  '/api/upload': {
    post: operation({
      tag: 'Files',
      summary: `Upload a file of at most ${UPLOAD_BYTES / 1_000_000} MB to a group`,
      description:
        'As a form, with its other fields before `file`, or as a raw body with `Content-Type`, `X-File-Name` (percent-encoded) and, if known, `X-File-Width`, `X-File-Height`, `X-File-Blurhash`, `X-File-Alt` (percent-encoded), `X-File-Duration-Ms` and, for a voice message, `X-File-Waveform`. The file waits 24 hours for a message that names it. A repeat with the same `Idempotency-Key` returns the same file.',
      params: { query: UploadQuery },
      bodies: { 'multipart/form-data': UploadForm, 'application/octet-stream': Bytes },
      answers: { 201: FileReference },
      failures: ['invalid', 'too_large', 'not_found', 'forbidden', 'conflict', 'archived'],
    }),
  },
  '/api/upload/tus': {
    post: operation({
      tag: 'Files',
      summary: 'Begin a resumable upload by the tus protocol 1.0, of at most 1 GiB',
      description:
        '`Upload-Metadata` has `groupId` and, if known, `filename`, `filetype`, `width`, `height`, `blurhash`, `alt`, `durationMs` and `waveform`. The last part of `Location` is the id of the file, which can be used once its last byte was accepted. See https://tus.io/protocols/resumable-upload; the extensions are creation, creation-with-upload, termination, expiration and checksum.',
      answers: { 201: 'Begun' },
      failures: ['invalid', 'too_large', 'not_found', 'forbidden', 'conflict', 'archived'],
    }),
  },
  '/api/upload/tus/{id}': {
    patch: operation({
      tag: 'Files',
      summary: 'Send the next bytes of a resumable upload',
      description:
        '`HEAD` says where it goes on. An upload that is no more answers with 410, bytes that do not match `Upload-Checksum` with 460.',
      params,
      bodies: { [TUS_BODY]: Bytes },
      answers: { 204: 'Kept' },
      failures: ['invalid', 'too_large', 'not_found', 'conflict'],
    }),
    delete: operation({
      tag: 'Files',
      summary: 'Cancel a resumable upload',
      params,
      answers: { 204: 'Cancelled' },
      failures: ['not_found', 'conflict'],
    }),
  },
  '/api/files/metadata/{id}': {
    get: operation({
      tag: 'Files',
      summary: 'Get what is known of a file',
      params,
      answers: { 200: FileReference },
      failures: ['not_found', 'forbidden'],
    }),
  },
  '/api/files/session': {
    post: operation({
      tag: 'Files',
      summary: 'Set the cookie with which a browser fetches files for an hour',
      answers: { 200: FileSession },
    }),
    delete: operation({
      tag: 'Files',
      summary: 'Remove the cookie with which a browser fetches files',
      public: true,
      answers: { 204: 'Removed' },
    }),
  },
};
