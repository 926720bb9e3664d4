import { createHash } from 'node:crypto';
import { FileReference } from '../../protocol/models.ts';
import { browserFetch } from './browser-fetch.ts';
import type { Person } from './person.ts';

/** A request of a signed-in person with any body, as a browser or a program sends it. */
export interface FileClient {
  fetch(method: string, path: string, init?: RequestInit & { duplex?: 'half' }): Promise<Response>;
  /** Uploads a file in one request; throws unless that works. */
  upload(
    groupId: string,
    bytes: Uint8Array<ArrayBuffer> | string,
    about?: { name?: string; type?: string; headers?: Record<string, string> },
  ): Promise<FileReference>;
  /** Begins a tus upload of `size` bytes; throws unless that works. Returns its path. */
  beginTus(groupId: string, size: number, metadata?: Record<string, string>): Promise<string>;
  /** Sends bytes of a tus upload. */
  patch(
    path: string,
    offset: number,
    body: BodyInit | null,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** Where a tus upload goes on; throws if it is no more. */
  offset(path: string): Promise<number>;
}

/** What a person does with files at the Edgewise at `url`. */
export function fileClient(url: string, person: Person): FileClient {
  const send: FileClient['fetch'] = async (method, path, init = {}) =>
    browserFetch(new URL(path, url), {
      ...init,
      method,
      headers: { authorization: `Bearer ${await person.token()}`, ...init.headers },
    });
  const tus = { 'tus-resumable': '1.0.0' };
  return {
    fetch: send,
    async upload(groupId, body, { name = 'notes.txt', type = 'text/plain', headers = {} } = {}) {
      const sent = await send('POST', `/api/upload?groupId=${groupId}`, {
        headers: { 'content-type': type, 'x-file-name': encodeURIComponent(name), ...headers },
        body,
      });
      if (sent.status !== 201) throw new Error(`not uploaded: ${await sent.text()}`);
      return FileReference.parse(await sent.json());
    },
    async beginTus(groupId, size, metadata = {}) {
      const created = await send('POST', '/api/upload/tus', {
        headers: {
          ...tus,
          'upload-length': `${size}`,
          'upload-metadata': uploadMetadata({ groupId, ...metadata }),
        },
      });
      const path = created.headers.get('location');
      if (created.status !== 201 || path === null) {
        throw new Error(`not begun: ${await created.text()}`);
      }
      return path;
    },
    patch: (path, offset, body, headers = {}) =>
      send('PATCH', path, {
        headers: {
          ...tus,
          'content-type': 'application/offset+octet-stream',
          'upload-offset': `${offset}`,
          ...headers,
        },
        body,
      }),
    async offset(path) {
      const head = await send('HEAD', path, { headers: tus });
      if (head.status !== 200) throw new Error(`no offset: ${head.status}`);
      return Number(head.headers.get('upload-offset'));
    },
  };
}

/** The id of the file that an upload at this path becomes. */
export function fileIdIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The value of `Upload-Metadata`. */
export function uploadMetadata(entries: Record<string, string>): string {
  return Object.entries(entries)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
}

/** SHA-256 as hex. */
export function checksum(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
