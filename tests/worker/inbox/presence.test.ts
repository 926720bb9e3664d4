import { beforeAll, describe, expect, test } from 'vitest';
import { OFFLINE_AFTER_MS } from '../../../protocol/limits.ts';
import type { PresenceState } from '../../../protocol/models.ts';
import { UserSettings } from '../../../protocol/settings.ts';
import { enterDirectory } from '../../support/directory-people.ts';
import type { InboxSocket, Person } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace, linus } = edgewise.people('Ada', 'Grace', 'Linus');

/** The delay of going offline, and a margin for slow machines. */
const GONE_WITHIN_MS = 3 * OFFLINE_AFTER_MS;
const SETTINGS = '/api/users/me/settings';

beforeAll(async () => {
  await enterDirectory([ada, grace, linus]);
  for (const others of [[grace], [linus], [grace, linus]]) {
    const { id } = await ada.createDirect(others);
    await ada.post(id, 'hello');
  }
});

/** Waits until someone is in this state on a device, as its latest event or its first state says. */
async function sees(device: InboxSocket, who: Person, state: PresenceState): Promise<void> {
  const isSeen = () => statesOf(device, who).at(-1) === state || undefined;
  await device.until(`${who.name} ${state}`, isSeen, GONE_WITHIN_MS);
}

/** All states of someone that a device was sent, in order. */
function statesOf({ events }: InboxSocket, { userId }: Person): PresenceState[] {
  return events.flatMap((event): PresenceState[] => {
    if (event.type === 'presence_update') return event.userId === userId ? [event.state] : [];
    if (event.type !== 'inbox_state') return [];
    return event.groups.flatMap(({ people = [], presence }) =>
      people.length === 1 && people[0]?.id === userId && presence ? [presence] : [],
    );
  });
}

describe.for([
  ['warm', () => Promise.resolve()],
  [
    'after eviction',
    async () => {
      await edgewise.evictInbox(ada.userId);
      await edgewise.evictInbox(grace.userId);
    },
  ],
] as const)('the presence of the other person in a direct group, %s,', ([, maybeEvict]) => {
  test('comes and goes, and is away and not to be disturbed, with no row written for it', {
    timeout: 2 * GONE_WITHIN_MS,
  }, async () => {
    const hers = await ada.connectInbox();
    await hers.next('inbox_state');
    await sees(hers, ada, 'online');
    await maybeEvict();
    const graces = await grace.connectInbox();
    await sees(hers, grace, 'online');
    await sees(graces, ada, 'online');
    const rows = await storedIn(ada);

    await maybeEvict();
    graces.send({ type: 'presence', state: 'away' });
    await sees(hers, grace, 'away');
    await maybeEvict();
    graces.send({ type: 'presence', state: 'online' });
    await sees(hers, grace, 'online');

    await maybeEvict();
    await grace.api('PATCH', SETTINGS, { doNotDisturb: { until: Date.now() + 3_000 } });
    await graces.next('settings_update', ({ settings }) => settings.doNotDisturb.until !== 0);
    await sees(hers, grace, 'dnd');
    await sees(graces, grace, 'dnd');
    await maybeEvict();
    // It ends by itself.
    await sees(hers, grace, 'online');

    await maybeEvict();
    await graces.close();
    await maybeEvict();
    await sees(hers, grace, 'offline');
    expect(await storedIn(ada)).toEqual(rows);
    await hers.close();
  });

  test('is known to a second client at once, or soon', async () => {
    const first = await ada.connectInbox();
    const graces = await grace.connectInbox();
    await sees(first, grace, 'online');
    await maybeEvict();
    const second = await ada.connectInbox();
    await sees(second, grace, 'online');
    for (const device of [first, second, graces]) await device.close();
  });
});

test('of several people, or of those I only share a group with, nothing is said', async () => {
  const group = await grace.createGroup({ memberIds: [linus.userId], visibility: 'private' });
  const graces = await grace.connectInbox();
  const { groups } = await graces.next('inbox_state');
  expect(groups.map((entry) => entry.group.id)).toContain(group.id);
  const linuses = await linus.connectInbox();
  const hers = await ada.connectInbox();
  await sees(graces, ada, 'online');
  await sees(linuses, ada, 'online');
  for (const [device, other] of [
    [graces, linus],
    [linuses, grace],
  ] as const) {
    expect(statesOf(device, other)).toEqual([]);
  }
  for (const device of [graces, linuses, hers]) await device.close();
});

test('a client that comes back at once leaves no trace', async () => {
  const hers = await ada.connectInbox();
  const graces = await grace.connectInbox();
  await sees(hers, grace, 'online');
  await graces.close();
  const again = await grace.connectInbox();
  again.send({ type: 'presence', state: 'away' });
  await sees(hers, grace, 'away');
  expect(statesOf(hers, grace)).not.toContain('offline');
  for (const device of [hers, again]) await device.close();
});

test('settings are kept for the account, and what a change leaves out stays', async () => {
  const schedule = {
    from: '22:00',
    to: '08:00',
    days: [0, 1, 2, 3, 4, 5, 6],
    timeZone: 'Asia/Tokyo',
  };
  const change = async (doNotDisturb: object) =>
    (await linus.api('PATCH', SETTINGS, { doNotDisturb })).as(UserSettings);
  const mine = (await linus.api('GET', SETTINGS)).body;
  expect(mine).toEqual({ doNotDisturb: {}, readReceipts: true });
  await linus.api('PATCH', SETTINGS, { readReceipts: false });
  const readReceipts = false;
  expect(await change({ schedule })).toEqual({ doNotDisturb: { schedule }, readReceipts });
  await edgewise.evictInbox(linus.userId);
  expect(await change({ until: 5 })).toEqual({
    doNotDisturb: { schedule, until: 5 },
    readReceipts,
  });
  expect(await change({ schedule: null })).toEqual({ doNotDisturb: { until: 5 }, readReceipts });
  expect(await change({ until: null })).toEqual({ doNotDisturb: {}, readReceipts });
  for (const wrong of [
    { schedule: { ...schedule, timeZone: 'Mars/Olympus' } },
    { schedule: { ...schedule, days: [] } },
    { schedule: { ...schedule, from: '24:00' } },
    { until: -1 },
  ]) {
    expect((await linus.api('PATCH', SETTINGS, { doNotDisturb: wrong })).status).toBe(422);
  }
});

/** Everything that an Inbox stores but when it does what. */
async function storedIn(person: Person): Promise<unknown> {
  const tables = ['entries', 'settings', 'profile', 'notices', 'allowances', 'revoked'];
  return Promise.all(
    tables.map((table) => edgewise.inboxSql(person.userId, `SELECT * FROM ${table}`)),
  );
}
