import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { OFFLINE_AFTER_MS } from '../../../protocol/limits.ts';
import type { PresenceState } from '../../../protocol/models.ts';
import { enterDirectory } from '../../support/directory-people.ts';
import { eventually } from '../../support/eventually.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

/** A lease that ends unnoticed stands for a client that was cut off: both are found in the same way. */
const LEASE_MS = 5_000;

const edgewise = sharedEdgewise({ vars: { SOCKET_LEASE_MS: `${LEASE_MS}` } });
const { ada, grace } = edgewise.people('Ada', 'Grace');

beforeAll(async () => {
  await enterDirectory([ada, grace]);
  const { id } = await ada.createDirect([grace]);
  await ada.post(id, 'hello');
});

describe.for([
  ['warm', () => Promise.resolve()],
  ['after eviction', () => edgewise.evictInbox(ada.userId)],
] as const)('an Inbox with an open client, %s,', ([, maybeEvict]) => {
  test('has nothing to do in silence', async () => {
    const hers = await ada.connectInbox();
    await hers.next('inbox_state');
    await maybeEvict();
    await nothingToDo();
    hers.send({ type: 'presence', state: 'away' });
    hers.send({ type: 'auth', token: await ada.token() });
    await hers.next('presence_update', ({ state }) => state === 'away');
    await maybeEvict();
    await nothingToDo();
    await hers.close();
    await nothingToDo();
  });

  test('finds that it is gone when somebody asks, and tells them', async () => {
    const hers = await ada.connectInbox();
    await hers.next('inbox_state');
    await nothingToDo();
    await maybeEvict();
    await pause(LEASE_MS);
    await nothingToDo();
    const graces = await grace.connectInbox();
    expect((await hers.closed).code).toBe(4401);
    const renewing = setInterval(async () => {
      graces.send({ type: 'auth', token: await grace.token() });
    }, LEASE_MS / 4);
    await graces.next('presence_update', isOffline, 3 * OFFLINE_AFTER_MS);
    clearInterval(renewing);
    await graces.close();
    await nothingToDo();
  });
});

/** Whether an event says that Ada is offline. */
function isOffline({ userId, state }: { userId: string; state: PresenceState }): boolean {
  return userId === ada.userId && state === 'offline';
}

/** Waits until the Inbox has no task: with one it would wake, and write rows. */
async function nothingToDo(): Promise<void> {
  await eventually(async () => {
    expect(await edgewise.inboxSql(ada.userId, 'SELECT task FROM agenda')).toEqual([]);
  }, 3 * OFFLINE_AFTER_MS);
}
