import 'fake-indexeddb/auto';
import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { fileIdOf } from '../../../protocol/file-id.ts';
import { eraseLocally } from '../../../web/realtime/cache/local-database.ts';
import { Uploads } from '../../../web/realtime/uploads/uploads.ts';
import { ADA, ADA_SESSION, GROUP_ID } from '../../support/group-events.ts';

afterEach(async () => {
  vi.unstubAllGlobals();
  await eraseLocally(ADA.id);
});

const SERVER_ID = fileIdOf(GROUP_ID, '01890a5d-ac96-774b-bcce-000000000100');

/** What the server makes of every upload and every new name, under an id of its own. */
function serverNames(uploaded: string): void {
  const reference = {
    id: SERVER_ID,
    type: 'text/plain',
    size: 1,
    url: `/api/files/${SERVER_ID}`,
    metadata: { uploadedBy: ADA.id, uploadedAt: 1 },
  };
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      status = 201;
      responseText = JSON.stringify({ ...reference, name: uploaded });
      upload = {};
      onload = () => undefined;
      open = () => undefined;
      abort = () => undefined;
      setRequestHeader = () => undefined;
      send = () => void setTimeout(() => this.onload(), 1);
    },
  );
  vi.stubGlobal('fetch', async (_: unknown, { body }: RequestInit) =>
    Response.json({ ...reference, ...JSON.parse(String(body)) }),
  );
}

test.each([
  { what: 'as it was chosen', renamed: false },
  { what: 'renamed while it was uploaded', renamed: true },
])('a file, $what, is the same one at every moment of its upload', async ({ renamed }) => {
  serverNames('a.txt');
  const uploads = new Uploads();
  const place = { session: ADA_SESSION, groupId: GROUP_ID };
  const [chosen] = uploads.add(place, [new File(['x'], 'a.txt', { type: 'text/plain' })]);
  if (!chosen) throw new Error('no file');
  if (renamed) await uploads.describe(place, chosen, { name: 'b.txt', alt: '' });
  const names = new Set<string>();
  while (uploads.view(chosen.id)?.state !== 'done') {
    const { id, name } = uploads.latest(chosen);
    expect(uploads.lastingId(id)).toBe(chosen.id);
    expect(uploads.view(id)).toBe(uploads.view(chosen.id));
    names.add(name);
    await setImmediate();
  }
  expect(uploads.latest(chosen).id).toBe(SERVER_ID);
  expect([...names]).toEqual([renamed ? 'b.txt' : 'a.txt']);
});
