import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ErrorCode } from '../../../protocol/errors.ts';
import { fileIdOf } from '../../../protocol/file-id.ts';
import type { FileReference } from '../../../protocol/models.ts';
import { readDraft, writeDraft } from '../../../web/realtime/drafts.ts';
import { Outbox, type OutboxParts, type UnsentFiles } from '../../../web/realtime/outbox/outbox.ts';
import { type OutboxStore, openOutboxStore } from '../../../web/realtime/outbox/store.ts';
import { keepFiles, uploadMessage } from '../../../web/realtime/uploads/upload-message.ts';
import { uploads } from '../../../web/realtime/uploads/uploads.ts';
import { eventually } from '../../support/eventually.ts';
import { ADA, ADA_SESSION, GROUP_ID, messageAt } from '../../support/group-events.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';

/** The `n`th UUID. */
const uuidOf = (n: number) => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`;

type Frame = Parameters<OutboxParts['transmit']>[0];

let clock: ManualClock;
let store: OutboxStore;
let sent: Frame[];
let asked: UnsentFiles[];
const opened: Outbox[] = [];

beforeEach(() => {
  clock = manualClock();
  store = openOutboxStore();
  sent = [];
  asked = [];
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  for (const outbox of opened.splice(0)) outbox.close();
  await store.forget(ADA.id);
});

async function liveOutbox(): Promise<Outbox> {
  const outbox = new Outbox({
    userId: ADA.id,
    groupId: GROUP_ID,
    store,
    clock,
    transmit: (frame) => void sent.push(frame),
    isShown: () => false,
    check: () => undefined,
    upload: (unsent) => void asked.push(unsent),
    changed: () => undefined,
    answerLate: () => undefined,
  });
  opened.push(outbox);
  await outbox.open();
  outbox.connected();
  return outbox;
}

function chosen(n: number): FileReference {
  return {
    id: fileIdOf(GROUP_ID, uuidOf(n)),
    name: `${n}.txt`,
    type: 'text/plain',
    size: 3,
    url: '',
    metadata: { uploadedBy: ADA.id, uploadedAt: 1 },
  };
}

function uploaded(n: number): FileReference {
  const id = fileIdOf(GROUP_ID, uuidOf(n + 100));
  return { ...chosen(n), id, url: `/api/files/${id}` };
}

/** What the uploads of the page say about each file. */
function uploadsSay(says: (file: FileReference) => FileReference | string): () => void {
  vi.spyOn(uploads, 'resume').mockReturnValue();
  vi.spyOn(uploads, 'retry').mockReturnValue();
  vi.spyOn(uploads, 'latest').mockImplementation((file) => {
    const it = file.url === '' ? says(file) : file;
    return typeof it === 'string' ? file : it;
  });
  vi.spyOn(uploads, 'view').mockImplementation((id) => {
    const it = says({ ...chosen(1), id });
    if (typeof it !== 'string') return { state: 'done' };
    if (it === '') return { state: 'uploading', sent: 1, size: 3, bytesPerSecond: 0 };
    return { state: 'failed', failure: { code: 'too_large', detail: it } };
  });
  let look = () => undefined;
  vi.spyOn(uploads, 'subscribe').mockImplementation((listener) => {
    look = () => {
      listener();
      return undefined;
    };
    return () => true;
  });
  return () => look();
}

test('a message waits for its files, and those written after it do not wait for it', async () => {
  const outbox = await liveOutbox();
  await outbox.add({ type: 'message', content: 'look', files: [chosen(1)] });
  await outbox.add({ type: 'message', content: 'later' });
  expect(sent.map((frame) => frame.type === 'message' && frame.content)).toEqual(['later']);
  expect(outbox.view.unsent[0]).toMatchObject({ content: 'look', state: 'uploading' });
  expect(asked).toHaveLength(1);
});

test('it is sent with the ids of its files, in their order, once the last is uploaded', async () => {
  const outbox = await liveOutbox();
  await outbox.add({ type: 'message', content: '', files: [chosen(1), chosen(2)] });
  const done = new Set<string>();
  const changed = uploadsSay((file) => {
    const n = file.id === chosen(1).id ? 1 : 2;
    return done.has(file.id) ? uploaded(n) : '';
  });
  for (const unsent of asked) uploadMessage(ADA_SESSION, unsent);
  done.add(chosen(2).id);
  changed();
  expect(sent).toEqual([]);
  done.add(chosen(1).id);
  changed();
  expect(sent).toMatchObject([
    { type: 'message', content: '', attachments: [uploaded(1).id, uploaded(2).id] },
  ]);
});

test('a file that fails keeps the text and the others: the message says why, and can go without it', async () => {
  const outbox = await liveOutbox();
  await outbox.add({ type: 'message', content: 'look', files: [chosen(1), chosen(2)] });
  uploadsSay((file) => (file.id === chosen(1).id ? uploaded(1) : 'It has 2 GB.'));
  for (const unsent of asked) uploadMessage(ADA_SESSION, unsent);
  const [row] = outbox.view.unsent;
  expect(row).toMatchObject({
    state: 'failed',
    failure: { code: 'too_large', detail: '2.txt was not uploaded. It has 2 GB.' },
    files: [{ id: uploaded(1).id }, { id: chosen(2).id }],
  });
  expect(sent).toEqual([]);
  keepFiles(row?.id ?? '', ({ url }) => url !== '');
  expect(sent).toMatchObject([{ content: 'look', attachments: [uploaded(1).id] }]);
});

test('a message that is left without text and files is dropped', async () => {
  const outbox = await liveOutbox();
  await outbox.add({ type: 'message', content: '', files: [chosen(1)] });
  uploadsSay(() => '');
  for (const unsent of asked) uploadMessage(ADA_SESSION, unsent);
  keepFiles(outbox.view.unsent[0]?.id ?? '', () => false);
  expect(outbox.view.unsent).toEqual([]);
  expect(await store.count(ADA.id)).toBe(0);
});

test('an edit waits for the files that it adds; one that fails loses neither the words nor the others', async () => {
  const outbox = await liveOutbox();
  const kept = uploaded(9);
  const messageId = uuidOf(500);
  const files = [kept, chosen(1), chosen(2)];
  outbox.change({ type: 'edit', messageId, content: 'better', files });
  await eventually(() => expect(asked).toHaveLength(1));
  expect(sent).toEqual([]);
  let fault = '';
  const changed = uploadsSay((file) => (file.id === chosen(1).id ? uploaded(1) : fault));
  for (const unsent of asked) uploadMessage(ADA_SESSION, unsent);
  fault = 'It has 2 GB.';
  changed();
  const [change] = outbox.view.changes.get(messageId) ?? [];
  expect(change).toMatchObject({
    row: { content: 'better', files: [{ id: kept.id }, { id: uploaded(1).id }, chosen(2)] },
    failure: { detail: '2.txt was not uploaded. It has 2 GB.' },
  });
  keepFiles(messageId, ({ url }) => url !== '');
  expect(sent).toMatchObject([
    { type: 'edit_message', content: 'better', attachments: [kept.id, uploaded(1).id] },
  ]);
});

test('an edit of files is acknowledged by a message that has exactly these, in this order', async () => {
  const outbox = await liveOutbox();
  const message = messageAt(1, { content: 'look', attachments: [uploaded(2), uploaded(1)] });
  const files = [uploaded(1), uploaded(2)];
  outbox.change({ type: 'edit', messageId: message.id, content: 'look', files });
  await eventually(() => expect(sent).toHaveLength(1));
  outbox.settle({ type: 'message_update', rev: 2, message });
  expect(outbox.view.changes.size).toBe(1);
  outbox.settle({ type: 'message_update', rev: 3, message: { ...message, attachments: files } });
  expect(outbox.view.changes.size).toBe(0);
});

/** The server has refused what was sent last, because of its files. */
const refuse = (outbox: Outbox) =>
  outbox.refuse({
    type: 'error',
    code: 'invalid',
    message: 'The attachments must be there.',
    ref: sent.at(-1)?.ref,
  });

test.each<[string, (outbox: Outbox, files: FileReference[]) => void]>([
  ['a message', (outbox, files) => void outbox.add({ type: 'message', content: 'look', files })],
  [
    'an edit',
    (outbox, files) =>
      outbox.change({ type: 'edit', messageId: uuidOf(500), content: 'look', files }),
  ],
])(
  'a file of %s that the server has erased is uploaded again, and only that',
  async (_what, write) => {
    const outbox = await liveOutbox();
    const isThere = new Set([uploaded(2).id]);
    vi.stubGlobal('fetch', async (path: string) => {
      const id = path.split('/').at(-1) ?? '';
      if (isThere.has(id)) return Response.json(uploaded(2));
      const code: ErrorCode = 'not_found';
      return Response.json(
        { type: 'about:blank', title: 'Gone', status: 404, code, detail: 'Gone.' },
        { status: 404 },
      );
    });
    let isDone = false;
    const changed = uploadsSay(() => (isDone ? uploaded(3) : ''));
    const again = vi.spyOn(uploads, 'again').mockResolvedValue(chosen(3));
    write(outbox, [uploaded(1), uploaded(2)]);
    await eventually(() => expect(sent).toHaveLength(1));
    asked = [];
    refuse(outbox);
    for (const unsent of asked) uploadMessage(ADA_SESSION, unsent);
    await eventually(() => expect(again).toHaveBeenCalledTimes(1));
    expect(again.mock.lastCall?.[1]).toEqual(uploaded(1));
    expect(sent).toHaveLength(1);
    await eventually(() => {
      isDone = true;
      changed();
      expect(sent).toHaveLength(2);
    });
    expect(sent[1]).toMatchObject({ attachments: [uploaded(3).id, uploaded(2).id] });
  },
);

test('a message that is refused for another reason uploads nothing again', async () => {
  const outbox = await liveOutbox();
  vi.stubGlobal('fetch', async () => Response.json(uploaded(1)));
  const again = vi.spyOn(uploads, 'again');
  await outbox.add({ type: 'message', content: 'look', files: [uploaded(1)] });
  asked = [];
  refuse(outbox);
  for (const unsent of asked) uploadMessage(ADA_SESSION, unsent);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(again).not.toHaveBeenCalled();
  expect(outbox.view.unsent).toMatchObject([{ state: 'failed', failure: { code: 'invalid' } }]);
});

test('after a reload the upload goes on, and the files are still those of the message', async () => {
  const before = await liveOutbox();
  await before.add({ type: 'message', content: 'look', files: [chosen(1)] });
  asked = [];
  const after = await liveOutbox();
  expect(after.view.unsent).toMatchObject([{ content: 'look', files: [{ id: chosen(1).id }] }]);
  expect(asked).toHaveLength(1);
});

test('Enter moves the text and the files of the draft in one transaction', async () => {
  const place = { userId: ADA.id, groupId: GROUP_ID };
  await writeDraft(place, { text: 'look', named: [], files: [chosen(1)] });
  expect(await readDraft(place)).toMatchObject({ files: [{ id: chosen(1).id }] });
  const outbox = await liveOutbox();
  await outbox.add({ type: 'message', content: 'look', files: [chosen(1)] }, { wasDraft: true });
  expect(await readDraft(place)).toBeUndefined();
  expect(await store.rowsOf(ADA.id, GROUP_ID)).toMatchObject([{ files: [{ id: chosen(1).id }] }]);
});
