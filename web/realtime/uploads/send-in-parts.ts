import { type DetailedError, Upload } from 'tus-js-client';
import { FileReference } from '../../../protocol/models.ts';
import { request } from '../../api/request.ts';
import { answerOf, type Bytes, describedAs, type Sent } from './send-bytes.ts';

/** Each request carries at most this, bytes: Cloudflare's edge refuses bodies above 100 MB. Whole parts of R2 (8 MiB). */
const REQUEST_BYTES = 64 * 1024 ** 2;
const UPLOADS = '/api/upload/tus';

/**
 * Uploads a large file by the tus protocol, from where an earlier attempt at `file.uploadUrl` stopped. Calls `began` with the
 * address of a new upload. Rejects if it is aborted.
 */
export async function sendInParts(bytes: Bytes, began: (uploadUrl: string) => void): Promise<Sent> {
  const { session, file, reference, onProgress, signal } = bytes;
  const sent = await new Promise<Sent | string>((resolve, reject) => {
    const upload = new Upload(file.blob, {
      endpoint: UPLOADS,
      uploadUrl: file.uploadUrl ?? null,
      chunkSize: REQUEST_BYTES,
      // The caller retries, and knows when the network is back.
      retryDelays: null,
      storeFingerprintForResuming: false,
      metadata: {
        groupId: file.groupId,
        filename: reference.name,
        filetype: file.blob.type,
        ...describedAs(bytes),
      },
      async onBeforeRequest(asked) {
        const token = await session.getToken();
        asked.setHeader('Authorization', `Bearer ${token}`);
      },
      onUploadUrlAvailable: () => upload.url !== null && began(upload.url),
      onProgress,
      onSuccess: () => resolve(upload.url ?? ''),
      onError: (error) => resolve(outcomeOf(error)),
    });
    signal.addEventListener('abort', () => {
      void upload.abort().then(() => reject(signal.reason), reject);
    });
    upload.start();
  });
  if (typeof sent !== 'string') return sent;
  const id = sent.slice(sent.lastIndexOf('/') + 1);
  const path = `/api/files/metadata/${id}`;
  const uploaded = await request(session, { path, answer: FileReference, signal });
  if (uploaded.ok) return uploaded;
  // Without the file the upload is gone too: the next attempt begins a new one.
  if (uploaded.failure.code === 'not_found') began('');
  return { ...uploaded, mayRetry: true };
}

function outcomeOf(error: Error | DetailedError): Sent {
  const answer = 'originalResponse' in error ? error.originalResponse : null;
  return answerOf({ status: answer?.getStatus() ?? 0, text: answer?.getBody() ?? '' });
}
