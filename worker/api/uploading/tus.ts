import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { UploadMetadata } from '../../../protocol/file-requests.ts';
import { FILE_BYTES } from '../../../protocol/limits.ts';
import { CHECKSUMS, type Chunk, type UploadState } from '../../upload/upload-rpc.ts';
import { invalid } from '../request/read-body.ts';

/** The version of the protocol (https://tus.io/protocols/resumable-upload) that is spoken here. */
export const TUS_VERSION = '1.0.0';
/** The type of every body with bytes of an upload. */
export const TUS_BODY = 'application/offset+octet-stream';

/** The headers of the response to an `OPTIONS` request. */
export const TUS_ABILITIES: Readonly<Record<string, string>> = {
  'Tus-Resumable': TUS_VERSION,
  'Tus-Version': TUS_VERSION,
  'Tus-Max-Size': String(FILE_BYTES),
  'Tus-Extension': 'creation,creation-with-upload,termination,expiration,checksum',
  'Tus-Checksum-Algorithm': Object.keys(CHECKSUMS).join(','),
};

/** A response of the protocol without a body. */
export function tusAnswer(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers });
}

/** The headers about how far an upload is. */
export function progressOf({ offset, expiresAt, file }: UploadState): Record<string, string> {
  return {
    'Upload-Offset': String(offset),
    // A finished upload does not expire any more.
    ...(!file && { 'Upload-Expires': new Date(expiresAt).toUTCString() }),
  };
}

/** A number of bytes in a header. */
export function readBytes(headers: Headers, name: string): Result<number> {
  const text = headers.get(name) ?? '';
  if (/^\d{1,15}$/.test(text)) return ok(Number(text));
  return fail('invalid', `Send the header ${name} with a number of bytes.`, {
    fields: { [name]: 'must be a whole number' },
  });
}

/** Parses `Upload-Metadata`: pairs of a key and a base64 value, separated by commas. */
export function readMetadata(header: string | null): Result<UploadMetadata> {
  const entries = new Map<string, string>();
  for (const pair of header?.split(',') ?? []) {
    const [key = '', value = '', ...others] = pair.trim().split(' ');
    const text = decodeText(value);
    if (key === '' || entries.has(key) || text === undefined || others.length > 0) {
      const fields = { [key || 'Upload-Metadata']: 'must be one key and its value in base64' };
      return fail('invalid', 'Send every key of Upload-Metadata once, with a base64 value.', {
        fields,
      });
    }
    entries.set(key, text);
  }
  const parsed = UploadMetadata.safeParse(Object.fromEntries(entries));
  return parsed.success ? ok(parsed.data) : invalid(parsed.error, 'Upload-Metadata');
}

/** Parses `Upload-Checksum`; undefined without one. An unknown algorithm is `invalid`. */
export function readChecksum(header: string | null): Result<Chunk['checksum']> {
  if (header === null) return ok(undefined);
  const [algorithm, digest = '', ...others] = header.trim().split(' ');
  if ((algorithm === 'sha1' || algorithm === 'sha256') && digest !== '' && others.length === 0) {
    return ok({ algorithm, digest });
  }
  return fail(
    'invalid',
    'Send Upload-Checksum as sha1 or sha256, a space, and the digest in base64.',
  );
}

function decodeText(base64: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
