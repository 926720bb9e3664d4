import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { type OpenPage, pagesOf } from '../../support/open-page.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');
const open = pagesOf(edgewise);

const shown = (client: OpenPage) => client.shown();

/** The rows without receipts, which only the author sees. */
function withoutReceipts(client: OpenPage) {
  return client.getView().rows.map((row) => ({ ...row, receipt: undefined }));
}

test('two clients show each message once and in the same order', async () => {
  const group = await ada.createGroup();
  await grace.join(group.id);
  const [hers, theirs] = [open(ada, group.id), open(grace, group.id)];
  await eventually(() => expect(theirs.getView().connection.state).toBe('live'));
  await Promise.all([hers.send('one'), hers.send('two'), theirs.send('three')]);
  await eventually(() => {
    expect(shown(hers)).toHaveLength(3);
    expect(shown(hers).join()).not.toContain('(');
    expect(withoutReceipts(theirs)).toEqual(withoutReceipts(hers));
  });
  expect(shown(hers).filter((text) => text !== 'three')).toEqual(['one', 'two']);
  expect(hers.getView().members.size).toBe(2);
});

test('a row stays the same object until it changes', async () => {
  const group = await ada.createGroup();
  const client = open(ada, group.id);
  await client.send('one');
  await client.send('two');
  await eventually(() => expect(shown(client)).toEqual(['one', 'two']));
  const before = client.getView().rows;
  await client.send('three');
  await eventually(() => expect(shown(client)).toEqual(['one', 'two', 'three']));
  const after = client.getView().rows;
  expect(after).not.toBe(before);
  // The receipt moves from the last row to a new message.
  expect(before.slice(0, -1).every((row, n) => row === after[n])).toBe(true);
});

test('older messages load until the start of the group', async () => {
  const group = await ada.createGroup();
  for (let n = 0; n < 70; n += 1) {
    await ada.post(group.id, `message ${n}`);
  }
  const client = open(ada, group.id);
  await eventually(() => expect(shown(client)).toHaveLength(50));
  while (client.getView().hasBefore) await client.loadBefore();
  expect(shown(client)).toEqual(Array.from({ length: 70 }, (_, n) => `message ${n}`));
});

test('a client that reconnects receives what it missed and sends what was written meanwhile', async () => {
  const group = await ada.createGroup();
  await grace.join(group.id);
  const hers = open(ada, group.id);
  const theirs = open(grace, group.id);
  await eventually(() => expect(theirs.getView().connection.state).toBe('live'));
  await hers.send('before');
  await eventually(() => expect(shown(theirs)).toEqual(['before']));
  theirs.close();
  await theirs.send('written offline');
  await hers.send('missed');
  await eventually(() => expect(shown(hers)).toEqual(['before', 'missed']));
  const again = open(grace, group.id);
  await eventually(() => expect(shown(again)).toEqual(['before', 'missed', 'written offline']));
});

test('a client whose user leaves shows that the group is closed to them, and drops its messages', async () => {
  const group = await ada.createGroup();
  await grace.join(group.id);
  const client = open(grace, group.id);
  await eventually(() => expect(client.getView().rows.length).toBeGreaterThan(0));
  await grace.api('POST', `/api/groups/${group.id}/leave`);
  await eventually(() => expect(client.getView().closed).toEqual({ reason: 'forbidden' }));
  expect(client.getView().rows).toEqual([]);
  await grace.join(group.id);
  client.reconnect();
  await eventually(() => expect(client.getView().connection.state).toBe('live'));
  expect(client.getView().closed).toBeUndefined();
});

test('a group that does not exist is shown as not found', async () => {
  const client = open(ada, '01990000-0000-7000-8000-000000000000');
  await eventually(() => expect(client.getView().closed).toEqual({ reason: 'not_found' }));
});

test('a refused message shows the reason and can be discarded', async () => {
  const group = await ada.createGroup();
  const client = open(ada, group.id);
  await client.send('x'.repeat(8_001));
  await eventually(() => {
    expect(client.getView().rows.at(-1)).toMatchObject({
      state: 'failed',
      failure: { code: 'invalid' },
    });
  });
  expect(client.discard(client.getView().rows.at(-1)?.key ?? '')).toBe('x'.repeat(8_001));
  expect(shown(client)).toEqual([]);
});
