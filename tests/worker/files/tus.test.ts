import { createHash, randomBytes } from 'node:crypto';
import { Upload } from 'tus-js-client';
import { describe, expect, test } from 'vitest';
import { Storage } from '../../../protocol/files.ts';
import { FILE_BYTES } from '../../../protocol/limits.ts';
import { FileReference } from '../../../protocol/models.ts';
import { eventually } from '../../support/eventually.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { checksum, fileClient, fileIdIn, uploadMetadata } from '../../support/uploading.ts';

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');
const MB = 1_000_000;
const TUS = { 'tus-resumable': '1.0.0' };
const BYTES = { ...TUS, 'content-type': 'application/offset+octet-stream' };

async function scene() {
  const group = await ada.createGroup();
  return { group, files: fileClient(edgewise.url, ada) };
}

async function used(): Promise<number> {
  return (await ada.api('GET', '/api/users/me/storage')).as(Storage).used;
}

test('an OPTIONS request says what is spoken here', async () => {
  const answer = await edgewise.fetch('/api/upload/tus', { method: 'OPTIONS' });
  expect(answer.status).toBe(204);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'tus-resumable': '1.0.0',
    'tus-version': '1.0.0',
    'tus-max-size': `${FILE_BYTES}`,
    'tus-extension': 'creation,creation-with-upload,termination,expiration,checksum',
    'tus-checksum-algorithm': 'sha1,sha256',
  });
});

// A limit, not an assertion: megabytes take long on a busy machine.
describe('an upload', { timeout: 120_000 }, () => {
  test('goes on where it was, part by part, after evictions', async () => {
    const { group, files } = await scene();
    const bytes = randomBytes(10 * MB);
    const path = await files.beginTus(group.id, bytes.length, { filename: 'x.bin' });
    const cuts = [0, 1, 5 * MB, 8 * 1024 * 1024, 8 * 1024 * 1024 + 7, 9 * MB, bytes.length];
    for (const [index, from] of cuts.slice(0, -1).entries()) {
      expect(await files.offset(path)).toBe(from);
      const sent = await files.patch(path, from, bytes.subarray(from, cuts[index + 1]));
      expect(sent.status).toBe(204);
      expect(sent.headers.get('upload-offset')).toBe(`${cuts[index + 1]}`);
      await edgewise.evictUpload(fileIdIn(path));
    }
    expect(await files.offset(path)).toBe(bytes.length);
    const got = await files.fetch('GET', `/api/files/${fileIdIn(path)}`);
    expect(checksum(new Uint8Array(await got.arrayBuffer()))).toBe(checksum(bytes));
    const rest = await edgewise.files.list({ prefix: `uploads/${fileIdIn(path)}` });
    expect(rest.objects).toEqual([]);
  });

  test('keeps what arrived of a request that broke off', async () => {
    const { group, files } = await scene();
    const bytes = randomBytes(10 * MB);
    const path = await files.beginTus(group.id, bytes.length);
    const broken = new AbortController();
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.subarray(0, 9 * MB));
        // The first part is in R2 by then, and some of the second has arrived.
        const hasPart = async () =>
          expect(await edgewise.uploadSql(fileIdIn(path), 'SELECT number FROM parts')).toHaveLength(
            1,
          );
        void eventually(hasPart).finally(() => broken.abort());
      },
    });
    const sent = files.fetch('PATCH', path, {
      headers: { ...BYTES, 'upload-offset': '0' },
      body,
      duplex: 'half',
      signal: broken.signal,
    });
    await expect(sent).rejects.toThrow();
    const offset = await files.offset(path);
    expect(offset).toBeGreaterThanOrEqual(8 * 1024 * 1024);
    expect((await files.patch(path, offset, bytes.subarray(offset))).status).toBe(204);
    const got = await files.fetch('GET', `/api/files/${fileIdIn(path)}`);
    expect(checksum(new Uint8Array(await got.arrayBuffer()))).toBe(checksum(bytes));
  });

  test('sent by two tabs at once is one file, with the right bytes', async () => {
    const { group, files } = await scene();
    const bytes = randomBytes(10 * MB);
    const path = await files.beginTus(group.id, bytes.length);
    const tab = async () => {
      for (;;) {
        const offset = await files.offset(path);
        if (offset === bytes.length) return;
        await files.patch(path, offset, bytes.subarray(offset, offset + 3 * MB));
      }
    };
    await Promise.all([tab(), tab()]);
    const got = await files.fetch('GET', `/api/files/${fileIdIn(path)}`);
    expect(checksum(new Uint8Array(await got.arrayBuffer()))).toBe(checksum(bytes));
  });

  test('of the tus client becomes a file', async () => {
    const { group, files } = await scene();
    const bytes = randomBytes(10 * MB);
    const url = await new Promise<string>((resolve, reject) => {
      const upload = new Upload(bytes, {
        endpoint: `${edgewise.url}/api/upload/tus`,
        chunkSize: 3 * MB,
        metadata: { groupId: group.id, filename: 'ünï.bin', filetype: 'application/x-bin' },
        onBeforeRequest: async (request) =>
          request.setHeader('Authorization', `Bearer ${await ada.token()}`),
        onSuccess: () => resolve(upload.url ?? ''),
        onError: reject,
      });
      upload.start();
    });
    const metadata = await files.fetch('GET', `/api/files/metadata/${fileIdIn(url)}`);
    expect(FileReference.parse(await metadata.json())).toMatchObject({
      name: 'ünï.bin',
      type: 'application/x-bin',
      size: bytes.length,
    });
  });

  test('may be empty, or come with its creation', async () => {
    const { group, files } = await scene();
    const empty = await files.beginTus(group.id, 0, { filename: 'nothing' });
    expect((await files.fetch('GET', `/api/files/${fileIdIn(empty)}`)).status).toBe(200);
    const created = await files.fetch('POST', '/api/upload/tus', {
      headers: {
        ...BYTES,
        'upload-length': '5',
        'upload-metadata': uploadMetadata({ groupId: group.id }),
      },
      body: 'hello',
    });
    expect(created.status).toBe(201);
    expect(created.headers.get('upload-offset')).toBe('5');
    const path = created.headers.get('location') ?? '';
    expect(await (await files.fetch('GET', `/api/files/${fileIdIn(path)}`)).text()).toBe('hello');
  });

  test.each(['sha1', 'sha256'])(
    'does not keep bytes that changed on their way (%s)',
    async (name) => {
      const { group, files } = await scene();
      const bytes = randomBytes(9 * MB);
      const path = await files.beginTus(group.id, bytes.length);
      const digest = createHash(name).update(bytes).digest('base64');
      const headers = { 'upload-checksum': `${name} ${digest}` };
      const changed = Buffer.from(bytes);
      changed[8 * MB] = (changed[8 * MB] ?? 0) ^ 1;
      expect((await files.patch(path, 0, changed, headers)).status).toBe(460);
      expect(await files.offset(path)).toBe(0);
      expect((await files.patch(path, 0, bytes, headers)).status).toBe(204);
      const got = await files.fetch('GET', `/api/files/${fileIdIn(path)}`);
      expect(checksum(new Uint8Array(await got.arrayBuffer()))).toBe(checksum(bytes));
    },
  );

  test('that is cancelled leaves nothing behind', async () => {
    const { group, files } = await scene();
    const before = await used();
    const path = await files.beginTus(group.id, 20 * MB);
    expect(await used()).toBe(before + 20 * MB);
    await files.patch(path, 0, randomBytes(9 * MB));
    expect((await files.fetch('DELETE', path, { headers: TUS })).status).toBe(204);
    expect(await used()).toBe(before);
    expect((await edgewise.files.list({ prefix: `uploads/${fileIdIn(path)}` })).objects).toEqual(
      [],
    );
    expect((await files.fetch('HEAD', path, { headers: TUS })).status).toBe(410);
    expect((await files.patch(path, 0, 'x')).status).toBe(410);
    expect((await files.fetch('DELETE', path, { headers: TUS })).status).toBe(204);
  });

  test('that takes longer than a day is dropped', async () => {
    const { group, files } = await scene();
    const before = await used();
    const path = await files.beginTus(group.id, 20 * MB);
    await files.patch(path, 0, randomBytes(MB));
    const id = fileIdIn(path);
    // A day passes: an object that wakes with an overdue task runs it at once.
    await edgewise.uploadSql(id, 'UPDATE agenda SET due_at = 1');
    await edgewise.evictUpload(id);
    const head = async () => (await files.fetch('HEAD', path, { headers: TUS })).status;
    await eventually(async () => expect(await head()).toBe(410));
    expect(await used()).toBe(before);
    expect((await edgewise.files.list({ prefix: `uploads/${id}` })).objects).toEqual([]);
    // Another day later nothing is known of it any more.
    await edgewise.uploadSql(id, 'UPDATE agenda SET due_at = 1');
    await edgewise.evictUpload(id);
    await eventually(async () => expect(await head()).toBe(404));
  });

  test('that is finished stays a file after its upload is forgotten', async () => {
    const { group, files } = await scene();
    const path = await files.beginTus(group.id, 5);
    await files.patch(path, 0, 'hello');
    const id = fileIdIn(path);
    await edgewise.uploadSql(id, 'UPDATE agenda SET due_at = 1');
    await edgewise.evictUpload(id);
    const head = async () => (await files.fetch('HEAD', path, { headers: TUS })).status;
    await eventually(async () => expect(await head()).toBe(404));
    expect(await (await files.fetch('GET', `/api/files/${id}`)).text()).toBe('hello');
  });
});

describe('the protocol: ', () => {
  const cases: [
    rule: string,
    method: string,
    headers: Record<string, string>,
    body: string | null,
    status: number,
  ][] = [
    ['HEAD without a version', 'HEAD', {}, null, 412],
    ['HEAD of another version', 'HEAD', { 'tus-resumable': '0.2.2' }, null, 412],
    [
      'PATCH without a version',
      'PATCH',
      { ...BYTES, 'tus-resumable': '', 'upload-offset': '2' },
      'l',
      412,
    ],
    [
      'PATCH of another type',
      'PATCH',
      { ...BYTES, 'content-type': 'text/plain', 'upload-offset': '2' },
      'l',
      415,
    ],
    ['PATCH without an offset', 'PATCH', BYTES, 'l', 400],
    ['PATCH with a negative offset', 'PATCH', { ...BYTES, 'upload-offset': '-1' }, 'l', 400],
    ['PATCH at an earlier offset', 'PATCH', { ...BYTES, 'upload-offset': '0' }, 'h', 409],
    ['PATCH at a later offset', 'PATCH', { ...BYTES, 'upload-offset': '3' }, 'lo', 409],
    ['PATCH beyond the end', 'PATCH', { ...BYTES, 'upload-offset': '2' }, 'llo and more', 413],
    [
      'PATCH with an unknown checksum',
      'PATCH',
      { ...BYTES, 'upload-offset': '2', 'upload-checksum': 'md5 x' },
      'l',
      400,
    ],
    ['PATCH with nothing', 'PATCH', { ...BYTES, 'upload-offset': '2' }, '', 204],
    ['another method', 'PUT', TUS, 'x', 405],
  ];
  test.each(cases)('%s', async (_rule, method, headers, body, status) => {
    const { group, files } = await scene();
    const path = await files.beginTus(group.id, 5);
    await files.patch(path, 0, 'he');
    const answer = await files.fetch(method, path, { headers, body });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('tus-resumable')).toBe('1.0.0');
    expect(await files.offset(path)).toBe(2);
    expect((await files.patch(path, 2, 'llo')).status).toBe(204);
  });

  const metadata = (groupId: string) => ({ 'upload-metadata': uploadMetadata({ groupId }) });
  test.each<[string, (groupId: string) => Record<string, string>, number]>([
    ['without a length', metadata, 400],
    ['with a length that is none', (id) => ({ ...metadata(id), 'upload-length': 'x' }), 400],
    [
      'larger than any file',
      (id) => ({ ...metadata(id), 'upload-length': `${FILE_BYTES + 1}` }),
      413,
    ],
    ['without a group', () => ({ 'upload-length': '5' }), 422],
    [
      'with a key twice',
      (id) => ({
        'upload-length': '5',
        'upload-metadata': `${uploadMetadata({ groupId: id })},groupId eA==`,
      }),
      422,
    ],
    [
      'with a value that is not base64',
      (id) => ({
        'upload-length': '5',
        'upload-metadata': `${uploadMetadata({ groupId: id })},filename %%%`,
      }),
      422,
    ],
  ])('creation %s', async (_rule, headersFor, status) => {
    const { group, files } = await scene();
    const headers = { ...TUS, ...headersFor(group.id) };
    const answer = await files.fetch('POST', '/api/upload/tus', { headers });
    expect(answer.status).toBe(status);
  });

  test('HEAD tells everything, and is never cached', async () => {
    const { group, files } = await scene();
    const path = await files.beginTus(group.id, 5, { filename: 'a' });
    const head = await files.fetch('HEAD', path, { headers: TUS });
    expect(Object.fromEntries(head.headers)).toMatchObject({
      'upload-offset': '0',
      'upload-length': '5',
      'upload-metadata': uploadMetadata({ groupId: group.id, filename: 'a' }),
      'cache-control': 'no-store',
    });
    const expires = Date.parse(head.headers.get('upload-expires') ?? '');
    expect(expires).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  });

  test('methods may be overridden', async () => {
    const { group, files } = await scene();
    const path = await files.beginTus(group.id, 5);
    const headers = { ...BYTES, 'upload-offset': '0', 'x-http-method-override': 'PATCH' };
    expect((await files.fetch('POST', path, { headers, body: 'hello' })).status).toBe(204);
  });

  test('an upload of another person, and one that never was, are not found', async () => {
    const { group, files } = await scene();
    await grace.join(group.id);
    const hers = fileClient(edgewise.url, grace);
    const path = await files.beginTus(group.id, 5);
    const unknown = `${path.slice(0, -2)}AA`;
    for (const [client, target] of [
      [hers, path],
      [files, unknown],
      [files, '/api/upload/tus/x'],
    ] as const) {
      expect((await client.fetch('HEAD', target, { headers: TUS })).status).toBe(404);
      expect((await client.patch(target, 0, 'hello')).status).toBe(404);
      expect((await client.fetch('DELETE', target, { headers: TUS })).status).toBe(404);
    }
    expect((await files.patch(path, 0, 'hello')).status).toBe(204);
  });
});
