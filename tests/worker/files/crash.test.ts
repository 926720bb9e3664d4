import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { startEdgewiseProcess } from '../../support/edgewise-process.ts';
import { signIn } from '../../support/person.ts';
import { checksum, fileClient, fileIdIn } from '../../support/uploading.ts';

test('an upload goes on after the Worker was killed, three times', {
  timeout: 240_000,
}, async () => {
  const edgewise = await startEdgewiseProcess();
  onTestFinished(() => edgewise.dispose());
  const ada = await signIn(edgewise.url, 'Ada');
  const group = await ada.createGroup();
  const files = fileClient(edgewise.url, ada);
  const bytes = randomBytes(26_000_000);
  const path = await files.beginTus(group.id, bytes.length);
  let acknowledged = 0;
  for (let times = 0; times < 3; times++) {
    const piece = bytes.subarray(acknowledged, acknowledged + 5_000_000);
    const sent = await files.patch(path, acknowledged, piece);
    acknowledged = Number(sent.headers.get('upload-offset'));
    // The next bytes are on their way.
    const lost = files.patch(path, acknowledged, bytes.subarray(acknowledged)).catch(() => 'lost');
    await edgewise.kill();
    await lost;
    await edgewise.start();
    const offset = await files.offset(path);
    expect(offset).toBeGreaterThanOrEqual(acknowledged);
    acknowledged = offset;
  }
  if (acknowledged < bytes.length) {
    expect((await files.patch(path, acknowledged, bytes.subarray(acknowledged))).status).toBe(204);
  }
  const got = await files.fetch('GET', `/api/files/${fileIdIn(path)}`);
  expect(checksum(new Uint8Array(await got.arrayBuffer()))).toBe(checksum(bytes));
});
