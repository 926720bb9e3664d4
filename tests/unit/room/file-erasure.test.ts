import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { UPLOAD_KEPT_MS } from '../../../protocol/limits.ts';
import { FileErasure } from '../../../worker/room/followers/file-erasure.ts';
import { nodeRoom, person } from '../../support/node-room.ts';
import { newFile } from '../../support/uploaded-file.ts';
import { valueIn } from '../../support/value-in.ts';

const ada = person('Ada').id;
const grace = person('Grace').id;
const START = Date.UTC(2026, 0, 1);

/** A Room with its erasure, of which `fails` says which part does not answer. */
function scene() {
  const room = nodeRoom(['Grace']);
  const fails = { r2: false, d1: false, inboxOf: '' };
  const erased: Record<'r2' | 'd1', string[]> = { r2: [], d1: [] };
  const released = new Map<string, string[]>();
  const scheduled: number[] = [];
  let now = START;
  const erase = async (where: 'r2' | 'd1', ids: string[]) => {
    if (fails[where]) throw new Error(`${where} is away`);
    erased[where].push(...ids);
  };
  const erasure = new FileErasure(room.store, {
    clock: () => now,
    withdraw: (gone) => room.files.withdraw(gone),
    eraseBytes: (ids) => erase('r2', ids),
    eraseRows: (ids) => erase('d1', ids),
    async releaseStorage(userId, ids) {
      if (fails.inboxOf === userId) throw new Error('the Inbox is away');
      released.set(userId, [...(released.get(userId) ?? []), ...ids]);
    },
    schedule: (at) => scheduled.push(at),
  });
  const pass = (ms: number) => {
    now += ms;
    room.pass(ms);
  };
  const upload = (userId = ada) => valueIn(room.files.add(newFile(room.groupId, userId))).id;
  const rows = () => room.store.files.gone(1_000).map(({ id }) => id);
  return { room, fails, erased, released, scheduled, erasure, pass, upload, rows };
}

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

it('erases a file from R2, D1 and the storage of its uploader, and then forgets it', async () => {
  const { room, erasure, erased, released, upload, rows } = scene();
  const [id, other] = [upload(), upload()];
  room.files.remove(ada, id);
  await erasure.run();
  expect([erased.r2, erased.d1, released.get(ada)]).toEqual([[id], [id], [id]]);
  expect(rows()).toEqual([]);
  expect(room.store.files.find(id)).toBeUndefined();
  expect(room.store.files.find(other)).toBeDefined();
});

it.each(['r2', 'd1', 'inboxOf'] as const)(
  'keeps the file while %s does not answer, tries again later and later, and then erases it',
  async (part) => {
    const { room, fails, erasure, erased, released, upload, rows, pass } = scene();
    const id = upload();
    room.files.remove(ada, id);
    Object.assign(fails, { [part]: part === 'inboxOf' ? ada : true });
    const waits: number[] = [];
    let now = START;
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const again = (await erasure.run()) ?? 0;
      waits.push(again - now);
      pass(again - now);
      now = again;
      expect(rows()).toEqual([id]);
    }
    expect(waits.slice(0, 3)).toEqual([2_000, 4_000, 8_000]);
    expect(Math.max(...waits)).toBe(600_000);
    Object.assign(fails, { [part]: part === 'inboxOf' ? '' : false });
    expect(await erasure.run()).toBeUndefined();
    expect([new Set(erased.r2), new Set(erased.d1)]).toEqual([new Set([id]), new Set([id])]);
    expect(released.get(ada)).toEqual([id]);
    expect(rows()).toEqual([]);
  },
);

it('is not held up for others by the Inbox of one user', async () => {
  const { room, fails, erasure, released, upload, rows } = scene();
  const [mine, hers] = [upload(), upload(grace)];
  room.files.remove(ada, mine);
  room.files.remove(grace, hers);
  fails.inboxOf = ada;
  await erasure.run();
  expect(released).toEqual(new Map([[grace, [hers]]]));
  expect(rows()).toEqual([mine]);
});

it('erases what was not sent within a day, and wakes for it', async () => {
  const { room, erasure, erased, scheduled, upload, pass } = scene();
  const old = upload();
  erasure.waiting();
  expect(scheduled).toEqual([START + UPLOAD_KEPT_MS]);
  pass(1_000);
  const [young, sent] = [upload(), upload()];
  room.conversation.send(ada, { id: uuidv7(), content: '', attachments: [sent] });
  pass(UPLOAD_KEPT_MS - 1_000);
  expect(await erasure.run()).toBe(START + UPLOAD_KEPT_MS + 1_000);
  expect(erased.r2).toEqual([old]);
  pass(1_000);
  expect(await erasure.run()).toBeUndefined();
  expect(erased.r2).toEqual([old, young]);
  expect(room.store.files.find(sent)).toBeDefined();
});

it('erases a bounded number of files in a run, and goes on at once', async () => {
  const { room, erasure, erased, upload, rows } = scene();
  for (let n = 0; n < 100; n += 1) upload();
  room.files.eraseOf(ada);
  const sizes: number[] = [];
  for (let again: number | undefined = START; again !== undefined; ) {
    again = await erasure.run();
    if (again !== undefined) expect(again).toBe(START);
    sizes.push(erased.r2.length);
  }
  expect(sizes).toEqual([40, 80, 100]);
  expect(rows()).toEqual([]);
});
