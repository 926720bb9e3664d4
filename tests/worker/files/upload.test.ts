import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../../protocol/errors.ts';
import { Storage } from '../../../protocol/files.ts';
import { FileReference } from '../../../protocol/models.ts';
import { eventually } from '../../support/eventually.ts';
import { edgewiseOfTest, sharedEdgewise } from '../../support/shared-edgewise.ts';
import { checksum, fileClient } from '../../support/uploading.ts';

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');

async function scene() {
  const group = await ada.createGroup();
  return { group, files: fileClient(edgewise.url, ada) };
}

// A limit, not an assertion: megabytes take long on a busy machine.
describe('a file in one request', { timeout: 120_000 }, () => {
  test('arrives as it is, as a raw body', async () => {
    const { group, files } = await scene();
    const bytes = randomBytes(9_000_000);
    const file = await files.upload(group.id, bytes, {
      name: 'Zahlen 数.bin',
      type: 'application/x-numbers',
    });
    expect(file).toMatchObject({
      name: 'Zahlen 数.bin',
      type: 'application/x-numbers',
      size: bytes.length,
      url: `/api/files/${file.id}`,
      metadata: { uploadedBy: ada.userId },
    });
    const got = await files.fetch('GET', file.url);
    expect(got.status).toBe(200);
    expect(checksum(new Uint8Array(await got.arrayBuffer()))).toBe(checksum(bytes));
  });

  test('arrives as it is, as a form with hints', async () => {
    const { group, files } = await scene();
    const bytes = randomBytes(9_000_000);
    const form = new FormData();
    form.set('durationMs', '1500');
    form.set('alt', 'A voice');
    form.set('file', new File([bytes], 'voice "one".bin', { type: 'application/x-voice' }));
    const sent = await files.fetch('POST', `/api/upload?groupId=${group.id}`, { body: form });
    expect(sent.status).toBe(201);
    const file = FileReference.parse(await sent.json());
    expect(file).toMatchObject({
      name: 'voice "one".bin',
      size: bytes.length,
      metadata: { durationMs: 1500, alt: 'A voice' },
    });
    const got = await files.fetch('GET', file.url);
    expect(checksum(new Uint8Array(await got.arrayBuffer()))).toBe(checksum(bytes));
  });

  test('is a voice message with its waveform, in a form and in headers', async () => {
    const { group, files } = await scene();
    const form = new FormData();
    form.set('waveform', 'AAgg__gg');
    form.set('file', new File([randomBytes(900)], 'a.bin', { type: 'application/x-voice' }));
    const sent = await files.fetch('POST', `/api/upload?groupId=${group.id}`, { body: form });
    expect(await sent.json()).toMatchObject({ metadata: { waveform: 'AAgg__gg' } });

    const headers = { 'x-file-waveform': 'AAgg__gg', 'x-file-duration-ms': '2100' };
    const raw = await files.upload(group.id, randomBytes(900), { headers });
    expect(raw.metadata).toMatchObject({ waveform: 'AAgg__gg', durationMs: 2100 });
    const wrong = await files.fetch('POST', `/api/upload?groupId=${group.id}`, {
      headers: { 'x-file-waveform': 'too short' },
      body: 'x',
    });
    expect(wrong.status).toBe(422);
  });

  test('may be empty', async () => {
    const { group, files } = await scene();
    const file = await files.upload(group.id, '');
    expect(file).toMatchObject({ size: 0, type: 'text/plain' });
    expect(await (await files.fetch('GET', file.url)).text()).toBe('');
  });

  test('is the same file when it is sent again under its Idempotency-Key', async () => {
    const { group, files } = await scene();
    const about = { headers: { 'idempotency-key': 'one-file' } };
    const first = await files.upload(group.id, 'hello', about);
    expect(await files.upload(group.id, 'hello', about)).toEqual(first);
    const other = await files.fetch('POST', `/api/upload?groupId=${group.id}`, {
      headers: { 'x-file-name': 'other', ...about.headers },
      body: 'hello',
    });
    expect(other.status).toBe(409);
  });

  test('leaves nothing behind when it breaks off', async () => {
    const { group, files } = await scene();
    const used = async () => (await ada.api('GET', '/api/users/me/storage')).as(Storage).used;
    const before = await used();
    const broken = new AbortController();
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(randomBytes(10_000_000));
        // Its storage is reserved by then.
        const isReserved = async () => expect(await used()).toBeGreaterThan(before);
        void eventually(isReserved).finally(() => broken.abort());
      },
    });
    const sent = files.fetch('POST', `/api/upload?groupId=${group.id}`, {
      headers: { 'x-file-name': 'x' },
      body,
      duplex: 'half',
      signal: broken.signal,
    });
    await expect(sent).rejects.toThrow();
    await eventually(async () => expect(await used()).toBe(before));
  });
});

describe('an upload is refused before its bytes are read', () => {
  test.each<[string, string, Record<string, string>, number]>([
    ['without a name', '', {}, 422],
    ['with a name that is not percent-encoded', '', { 'x-file-name': '%zz' }, 422],
    ['with a hint that makes no sense', '', { 'x-file-name': 'x', 'x-file-width': '-1' }, 422],
    [
      'for a group that does not exist',
      '01890000-0000-7000-8000-000000000000',
      { 'x-file-name': 'x' },
      404,
    ],
    ['for what is no group', 'x', { 'x-file-name': 'x' }, 422],
  ])('%s', async (_what, groupId, headers, status) => {
    const { group, files } = await scene();
    const path = `/api/upload?groupId=${groupId || group.id}`;
    const sent = await files.fetch('POST', path, { headers, body: 'hello' });
    expect(sent.status).toBe(status);
    expect(Problem.parse(await sent.json()).detail).toMatch(/\w+ .*\.$/);
  });

  test('by someone who is not a member', async () => {
    const { group } = await scene();
    const hers = fileClient(edgewise.url, grace);
    const sent = await hers.fetch('POST', `/api/upload?groupId=${group.id}`, {
      headers: { 'x-file-name': 'x' },
      body: 'hello',
    });
    expect(sent.status).toBe(403);
  });

  test('in a form without a file', async () => {
    const { group, files } = await scene();
    const form = new FormData();
    form.set('alt', 'nothing');
    const sent = await files.fetch('POST', `/api/upload?groupId=${group.id}`, { body: form });
    expect(sent.status).toBe(422);
    expect(Problem.parse(await sent.json()).fields).toEqual({ file: 'is missing' });
  });
});

test('a file that does not fit into what is left of the storage is refused, with the numbers', async () => {
  const small = await edgewiseOfTest({ vars: { LIMIT_STORAGE_PER_USER: '1000' } });
  const person = await small.signIn('Ada');
  const group = await person.createGroup();
  const files = fileClient(small.url, person);
  const path = await files.beginTus(group.id, 600);
  const sent = await files.fetch('POST', `/api/upload?groupId=${group.id}`, {
    headers: { 'x-file-name': 'x' },
    body: 'x'.repeat(500),
  });
  expect(sent.status).toBe(413);
  expect(Problem.parse(await sent.json()).detail).toMatch(/600.*500/);
  await files.fetch('DELETE', path, { headers: { 'tus-resumable': '1.0.0' } });
  expect((await files.upload(group.id, 'x'.repeat(500))).size).toBe(500);
});
