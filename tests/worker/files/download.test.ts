import { beforeAll, describe, expect, test } from 'vitest';
import { fileIdOf } from '../../../protocol/file-id.ts';
import { FileSession } from '../../../protocol/files.ts';
import type { FileReference, Group } from '../../../protocol/models.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { type FileClient, fileClient } from '../../support/uploading.ts';

const edgewise = sharedEdgewise();
const { ada, grace, eve } = edgewise.people('Ada', 'Grace', 'Eve');
const TEXT = 'The quick brown fox';
let group: Group;
let files: FileClient;
let file: FileReference;

beforeAll(async () => {
  group = await ada.createGroup();
  await grace.join(group.id);
  files = fileClient(edgewise.url, ada);
  file = await files.upload(group.id, TEXT, { name: 'Grüße.txt' });
});

/** Sends a file, so that all members may fetch it. */
async function sent(bytes: Uint8Array<ArrayBuffer> | string, type = 'text/plain') {
  const uploaded = await files.upload(group.id, bytes, { type });
  const message = { groupId: group.id, content: '', attachments: [uploaded.id] };
  expect((await ada.api('POST', '/api/messages', message)).status).toBe(201);
  return uploaded;
}

test('a file has the headers that keep it harmless and its name', async () => {
  const got = await files.fetch('GET', file.url, { headers: { 'accept-encoding': 'identity' } });
  expect(await got.text()).toBe(TEXT);
  expect(Object.fromEntries(got.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-length': `${TEXT.length}`,
    'content-disposition': `inline; filename="Gru_e.txt"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
  });
  const download = await files.fetch('GET', `${file.url}?download`);
  expect(download.headers.get('content-disposition')).toMatch(/^attachment;/);
});

test.each([
  ['<script>alert(1)</script>', 'text/html'],
  ['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'image/svg+xml'],
  ['<?xml version="1.0"?><a/>', 'application/xml'],
])('%s is never shown inline', async (source, type) => {
  const page = await files.upload(group.id, source, { type });
  const got = await files.fetch('GET', page.url);
  expect(got.headers.get('content-type')).toBe(type);
  expect(got.headers.get('content-disposition')).toMatch(/^attachment;/);
});

describe('ranges and conditions', () => {
  const range = (value: string) => ({ range: value });
  test.each<
    [string, string, (etag: string) => Record<string, string>, number, string | null, string]
  >([
    ['nothing', 'GET', () => ({}), 200, null, TEXT],
    ['HEAD', 'HEAD', () => ({}), 200, null, ''],
    ['HEAD with a range', 'HEAD', () => range('bytes=0-3'), 200, null, ''],
    ['the beginning', 'GET', () => range('bytes=0-2'), 206, 'bytes 0-2/19', 'The'],
    ['the end', 'GET', () => range('bytes=-3'), 206, 'bytes 16-18/19', 'fox'],
    ['the rest', 'GET', () => range('bytes=16-'), 206, 'bytes 16-18/19', 'fox'],
    ['more than there is', 'GET', () => range('bytes=19-'), 416, 'bytes */19', ''],
    ['several ranges', 'GET', () => range('bytes=0-1,3-4'), 200, null, TEXT],
    [
      'a range of this version',
      'GET',
      (etag) => ({ ...range('bytes=0-2'), 'if-range': etag }),
      206,
      'bytes 0-2/19',
      'The',
    ],
    [
      'a range of another version',
      'GET',
      () => ({ ...range('bytes=0-2'), 'if-range': '"x"' }),
      200,
      null,
      TEXT,
    ],
    ['what is known', 'GET', (etag) => ({ 'if-none-match': etag }), 304, null, ''],
    ['what is known, by HEAD', 'HEAD', (etag) => ({ 'if-none-match': etag }), 304, null, ''],
    [
      'a range of what is known',
      'GET',
      (etag) => ({ ...range('bytes=0-2'), 'if-none-match': etag }),
      304,
      null,
      '',
    ],
    ['another version', 'GET', () => ({ 'if-match': '"x"' }), 412, null, ''],
    [
      'what changed since 1970',
      'GET',
      () => ({ 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }),
      200,
      null,
      TEXT,
    ],
    [
      'what has not changed since 1970',
      'GET',
      () => ({ 'if-unmodified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }),
      412,
      null,
      '',
    ],
  ])('%s', async (_what, method, headersFor, status, contentRange, body) => {
    const etag = (await files.fetch('HEAD', file.url)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    const got = await files.fetch(method, file.url, { headers: headersFor(etag) });
    expect(got.status).toBe(status);
    expect(got.headers.get('content-range')).toBe(contentRange);
    if (status < 400) {
      expect(got.headers.get('etag')).toBe(etag);
      expect(await got.text()).toBe(body);
    }
    if (status === 206) expect(got.headers.get('content-length')).toBe(`${body.length}`);
    if (method === 'HEAD' && status === 200) {
      expect(got.headers.get('content-length')).toBe(`${TEXT.length}`);
    }
  });
});

describe('a file is fetched', () => {
  const cookieOf = (answer: Response) =>
    (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const withCookie = (path: string, cookie: string) =>
    edgewise.fetch(path, { headers: { cookie } });

  test('with the cookie of a session, which scripts cannot read', async () => {
    const session = await files.fetch('POST', '/api/files/session');
    expect(FileSession.parse(await session.json()).expiresAt).toBeGreaterThan(Date.now());
    expect(session.headers.getSetCookie()[0]).toMatch(
      /^edgewise_files=[\w.-]+; Max-Age=3600; Path=\/api\/files; HttpOnly; Secure; SameSite=Strict$/,
    );
    const cookie = cookieOf(session);
    expect(await (await withCookie(file.url, cookie)).text()).toBe(TEXT);
    expect((await withCookie(`/api/files/metadata/${file.id}`, cookie)).status).toBe(200);
    // It opens nothing else.
    expect((await withCookie('/api/groups', cookie)).status).toBe(401);
    const ended = await edgewise.fetch('/api/files/session', { method: 'DELETE' });
    expect(ended.headers.getSetCookie()[0]).toMatch(
      /^edgewise_files=; Max-Age=0; Path=\/api\/files/,
    );
  });

  test('by nobody without a session, or with a forged cookie', async () => {
    expect((await edgewise.fetch(file.url)).status).toBe(401);
    const cookie = cookieOf(await files.fetch('POST', '/api/files/session'));
    for (const forged of ['edgewise_files=x', `${cookie}x`, cookie.replace(/=.{4}/, '=AAAA')]) {
      expect((await withCookie(file.url, forged)).status).toBe(401);
    }
  });

  test('by its uploader alone until it is sent, and by members after that', async () => {
    const hers = fileClient(edgewise.url, grace);
    expect((await hers.fetch('GET', file.url)).status).toBe(404);
    const shared = await sent('for all');
    expect(await (await hers.fetch('GET', shared.url)).text()).toBe('for all');
  });

  test('by no stranger, and by no removed member from the next request on', async () => {
    const shared = await sent('for members');
    const hers = fileClient(edgewise.url, eve);
    expect([403, 404]).toContain((await hers.fetch('GET', shared.url)).status);
    await eve.join(group.id);
    const cookie = cookieOf(await hers.fetch('POST', '/api/files/session'));
    const first = await withCookie(shared.url, cookie);
    expect(first.status).toBe(200);
    await ada.api('DELETE', `/api/groups/${group.id}/members/${eve.userId}`);
    const etag = first.headers.get('etag') ?? '';
    const again = await edgewise.fetch(shared.url, { headers: { cookie, 'if-none-match': etag } });
    expect([403, 404]).toContain(again.status);
    expect((await hers.fetch('HEAD', shared.url)).status).toBe(again.status);
  });

  test('by no guessed id, and in no other group', async () => {
    const other = await ada.createGroup();
    const message = { groupId: other.id, content: '', attachments: [file.id] };
    expect((await ada.api('POST', '/api/messages', message)).status).toBe(422);
    for (const id of [fileIdOf(group.id, other.id), fileIdOf(other.id, group.id), 'x', '..']) {
      expect((await files.fetch('GET', `/api/files/${id}`)).status).toBe(404);
    }
  });

  test('no more once its message is deleted', async () => {
    const uploaded = await files.upload(group.id, 'soon gone');
    const message = { groupId: group.id, content: 'x', attachments: [uploaded.id] };
    const posted = await ada.api('POST', '/api/messages', message);
    const { id } = Object(posted.body);
    await ada.api('DELETE', `/api/messages/${id}?groupId=${group.id}`);
    expect((await files.fetch('GET', uploaded.url)).status).toBe(404);
  });
});
