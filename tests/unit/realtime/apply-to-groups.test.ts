import { expect, test } from 'vitest';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { applyToGroups } from '../../../web/realtime/inbox/apply-to-groups.ts';
import { parseInboxEvents } from '../../../web/realtime/inbox/inbox-events.ts';
import { ADA } from '../../support/group-events.ts';
import { entryOf } from '../../support/inbox-entry.ts';

const ENGINES = entryOf();
const LAST = { userId: ADA.id, preview: 'hello', at: 1, seq: 7 };
const OTHER_ID = '01990000-0000-7000-8000-000000000009';
const MILLS = entryOf({}, { id: OTHER_ID, name: 'Mills' });
const MUTED = { ...ENGINES, mutedUntil: 5, last: LAST };

test.each<[string, object, InboxEntry[], InboxEntry[]]>([
  [
    'the state replaces everything',
    { type: 'inbox_state', n: 1, user: ADA, groups: [MILLS] },
    [ENGINES],
    [MILLS],
  ],
  [
    'a part of an entry changes only that',
    { type: 'inbox_update', n: 2, entry: { groupId: ENGINES.group.id, unread: 3, last: LAST } },
    [ENGINES, MILLS],
    [{ ...ENGINES, unread: 3, last: LAST }, MILLS],
  ],
  [
    'null ends a field',
    {
      type: 'inbox_update',
      n: 2,
      entry: { groupId: ENGINES.group.id, mutedUntil: null, last: null },
    },
    [MUTED],
    [ENGINES],
  ],
  [
    'a whole entry of an unknown group is added',
    { type: 'inbox_update', n: 2, entry: { groupId: OTHER_ID, ...MILLS } },
    [ENGINES],
    [ENGINES, MILLS],
  ],
  [
    'a part of an unknown group is no group',
    { type: 'inbox_update', n: 2, entry: { groupId: OTHER_ID, unread: 1 } },
    [ENGINES],
    [ENGINES],
  ],
  [
    'a group that I am not in any more goes',
    { type: 'inbox_remove', n: 2, groupId: OTHER_ID },
    [ENGINES, MILLS],
    [ENGINES],
  ],
  ['my profile is no group', { type: 'user_update', n: 2, user: ADA }, [ENGINES], [ENGINES]],
  ['an unknown event changes nothing', { type: 'fireworks', n: 2 }, [ENGINES], [ENGINES]],
])('%s', (_, event, before, after) => {
  const parsed = parseInboxEvents([event]);
  expect(parsed).toHaveLength(1);
  expect(parsed.reduce(applyToGroups, before)).toEqual(after);
});
