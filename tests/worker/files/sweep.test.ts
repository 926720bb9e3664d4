import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { v7 as uuidv7 } from 'uuid';
import { expect, it, test } from 'vitest';
import { fileIdOf } from '../../../protocol/file-id.ts';
import { Storage } from '../../../protocol/files.ts';
import { NODE, ROOT } from '../../../scripts/steps/run.mjs';
import { fileKey, restKey, SWEEP_KEY, variantKey } from '../../../worker/file-keys.ts';
import { SWEEP_START } from '../../../worker/ops/sweep/position.ts';
import { eventually } from '../../support/eventually.ts';
import { plain } from '../../support/pictures.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { UNLIMITED_PEOPLE } from '../../support/unlimited.ts';
import { fileClient, fileIdIn } from '../../support/uploading.ts';

const edgewise = sharedEdgewise({ vars: UNLIMITED_PEOPLE });
const { ada } = edgewise.people('Ada');

const HOUR = 60 * 60_000;
const tomorrow = () => Date.now() + 25 * HOUR;
const newId = (groupId: string = uuidv7()) => fileIdOf(groupId, uuidv7());

/** Runs the cron until a round is complete. Returns the number of runs. */
async function sweep(at: number): Promise<number> {
  for (let runs = 1; ; runs += 1) {
    await edgewise.runSchedule(at);
    const position = await edgewise.files.get(SWEEP_KEY);
    if ((await position?.text()) === JSON.stringify(SWEEP_START)) return runs;
  }
}

async function keys(): Promise<string[]> {
  const { objects } = await edgewise.files.list();
  return objects.map(({ key }) => key).filter((key) => key !== SWEEP_KEY);
}

async function rows(): Promise<unknown[]> {
  const { results } = await edgewise.db.prepare('SELECT * FROM files ORDER BY id').all();
  return results;
}

/** A group with a file of Ada's that was sent, and that D1 has. */
async function groupWithFile() {
  const group = await ada.createGroup();
  const client = fileClient(edgewise.url, ada);
  const file = await client.upload(group.id, 'some bytes');
  await ada.post(group.id, 'look', { attachments: [file.id] });
  await eventually(async () =>
    expect(await rowOf(file.id)).toMatchObject({ message_seq: expect.any(Number) }),
  );
  return { group, client, file };
}

async function rowOf(id: string): Promise<unknown> {
  return edgewise.db.prepare('SELECT * FROM files WHERE id = ?').bind(id).first();
}

/** Leaves the row of a file in D1 that no Room has. */
async function leaveRow(groupId: string): Promise<string> {
  const id = newId(groupId);
  await edgewise.db
    .prepare(
      `INSERT INTO files (group_id, id, user_id, name, type, size, etag, uploaded_at, metadata, version)
        VALUES (?, ?, 'user_x', 'a.txt', 'text/plain', 1, 'e', 1, '{}', 1)`,
    )
    .bind(groupId, id)
    .run();
  return id;
}

const logged = (event: string, text: string) =>
  edgewise.logs().some((line) => line.includes(`"${event}"`) && line.includes(text));

it('erases what no Room knows once it is a day old, and a second round changes nothing', async () => {
  const { group, file } = await groupWithFile();
  const variant = variantKey(file.id, 320);
  const [own, foreign, bare] = [newId(group.id), newId(), newId(group.id)];
  const orphans = [fileKey(own), fileKey(foreign), variantKey(bare, 640), restKey(newId(), 3)];
  for (const key of [variant, ...orphans]) await edgewise.files.put(key, 'x');

  await sweep(Date.now() + HOUR);
  expect(await keys()).toEqual(expect.arrayContaining([variant, ...orphans]));

  await sweep(tomorrow());
  expect(await keys()).toEqual(expect.arrayContaining([fileKey(file.id), variant]));
  for (const key of orphans) expect(await keys()).not.toContain(key);
  expect(logged('files_swept', fileKey(own))).toBe(true);

  const before = { keys: await keys(), rows: await rows() };
  await sweep(tomorrow());
  expect({ keys: await keys(), rows: await rows() }).toEqual(before);
});

it('gives the storage of bytes back that a Room has forgotten', async () => {
  const used = async () => (await ada.api('GET', '/api/users/me/storage')).as(Storage).used;
  const before = await used();
  const group = await ada.createGroup();
  const client = fileClient(edgewise.url, ada);
  const files = [
    await client.upload(group.id, 'some bytes'),
    await client.upload(group.id, Uint8Array.from(await plain.png()), { name: 'a.png' }),
  ];
  expect(await used()).toBeGreaterThan(before);
  // The Room lost its storage before D1 had them, and their uploads are long over.
  await edgewise.roomSql(group.id, 'DELETE FROM files');
  for (const { id } of files) await edgewise.uploadSql(id, "UPDATE upload SET step = 'gone'");
  await sweep(tomorrow());
  for (const { id } of files) expect(await keys()).not.toContain(fileKey(id));
  expect(await used()).toBe(before);
});

it('keeps bytes whose storage cannot be given back, until it can', async () => {
  const group = await ada.createGroup();
  const file = await fileClient(edgewise.url, ada).upload(group.id, 'some bytes');
  await edgewise.roomSql(group.id, 'DELETE FROM files');
  await edgewise.inboxSql(ada.userId, 'ALTER TABLE stored_files RENAME TO stored_away');
  await sweep(tomorrow());
  expect(await keys()).toContain(fileKey(file.id));
  await edgewise.inboxSql(ada.userId, 'ALTER TABLE stored_away RENAME TO stored_files');
  await sweep(tomorrow());
  expect(await keys()).not.toContain(fileKey(file.id));
});

it('lets a Room write a file to D1 again that D1 lacks', async () => {
  const { file } = await groupWithFile();
  const row = await rowOf(file.id);
  await edgewise.db.prepare('DELETE FROM files WHERE id = ?').bind(file.id).run();
  await sweep(tomorrow());
  expect(logged('files_swept', 'mirroredRows')).toBe(true);
  await eventually(async () => expect(await rowOf(file.id)).toEqual(row), 25_000);
  expect(await keys()).toContain(fileKey(file.id));
});

it('leaves the picture of a group alone', async () => {
  const { group, client } = await groupWithFile();
  const picture = await client.upload(group.id, Uint8Array.from(await plain.png()), {
    name: 'us.png',
    type: 'image/png',
  });
  const body = { imageId: picture.id };
  expect((await ada.api('PATCH', `/api/groups/${group.id}`, body)).status).toBe(200);
  await eventually(async () => expect(await rowOf(picture.id)).not.toBeNull());
  await sweep(tomorrow());
  expect(await keys()).toContain(fileKey(picture.id));
  expect(await rowOf(picture.id)).toMatchObject({ gone_at: null });
});

it('leaves an upload that runs alone', async () => {
  const group = await ada.createGroup();
  const client = fileClient(edgewise.url, ada);
  const path = await client.beginTus(group.id, 10);
  await client.patch(path, 0, 'hello');
  const rest = restKey(fileIdIn(path), 1);
  expect(await keys()).toContain(rest);
  await sweep(tomorrow());
  expect(await keys()).toContain(rest);
  expect((await client.patch(path, 5, 'world')).status).toBe(204);
});

it('touches nothing of a Room that does not answer', async () => {
  const { group, file } = await groupWithFile();
  const orphan = fileKey(newId(group.id));
  await edgewise.files.put(orphan, 'x');
  const row = await leaveRow(group.id);
  await edgewise.roomSql(group.id, 'ALTER TABLE files RENAME TO files_away');
  await sweep(tomorrow());
  expect(await keys()).toEqual(expect.arrayContaining([orphan, fileKey(file.id)]));
  expect(await rowOf(row)).not.toBeNull();
  expect(logged('files_swept', group.id)).toBe(true);

  await edgewise.roomSql(group.id, 'ALTER TABLE files_away RENAME TO files');
  await sweep(tomorrow());
  expect(await keys()).not.toContain(orphan);
  expect(await keys()).toContain(fileKey(file.id));
  expect(await rowOf(row)).toBeNull();
});

it('erases rows in D1 that no Room knows', async () => {
  const { group, file } = await groupWithFile();
  const [own, foreign] = [await leaveRow(group.id), await leaveRow(uuidv7())];
  await sweep(Date.now());
  expect(await rowOf(own)).toBeNull();
  expect(await rowOf(foreign)).toBeNull();
  expect(await rowOf(file.id)).not.toBeNull();
});

it('reports files whose bytes are missing, and keys that no file has, and leaves both', async () => {
  const { file } = await groupWithFile();
  await edgewise.files.delete(fileKey(file.id));
  await edgewise.files.put('files/strange', 'x');
  await sweep(tomorrow());
  expect(logged('file_bytes_missing', file.id)).toBe(true);
  expect(logged('files_swept', 'files/strange')).toBe(true);
  expect(await rowOf(file.id)).not.toBeNull();
  expect(await keys()).toContain('files/strange');
  await edgewise.files.delete('files/strange');
});

it('asks a bounded number of objects in one run, and goes on in the next', async () => {
  const orphans = Array.from({ length: 45 }, () => fileKey(newId()));
  for (const key of orphans) await edgewise.files.put(key, 'x');
  expect(await sweep(tomorrow())).toBeGreaterThan(2);
  const left = new Set(await keys());
  expect(orphans.filter((key) => left.has(key))).toEqual([]);
});

// A limit, not an assertion: three processes start.
test('npm run check:files prints what disagreed, and fails if something is left', {
  timeout: 120_000,
}, async () => {
  const { group, file } = await groupWithFile();
  const row = await leaveRow(group.id);
  // Left by other tests.
  await edgewise.db.prepare('DELETE FROM files WHERE group_id <> ?').bind(group.id).run();
  expect(await check()).toMatchObject({ code: 0, output: expect.stringContaining(row) });
  const again = await check();
  expect(again).toMatchObject({ code: 0, output: expect.stringContaining('Nothing disagreed') });
  await edgewise.files.delete(fileKey(file.id));
  expect(await check()).toMatchObject({ code: 1, output: expect.stringContaining(file.id) });
});

async function check(): Promise<{ code: unknown; output: string }> {
  const child = spawn(NODE, ['scripts/check-files.mjs'], {
    cwd: ROOT,
    env: { ...process.env, PORT: new URL(edgewise.url).port },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  const [code] = await once(child, 'close');
  return { code, output };
}
