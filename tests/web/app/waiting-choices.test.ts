import { expect, test } from 'vitest';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { waitingChoices } from '../../../web/app/switcher/waiting-choices.ts';
import { listedGroup } from '../../../web/features/groups/listed-group.ts';
import { ADA } from '../../support/group-events.ts';
import { entryOf } from '../../support/inbox-entry.ts';

/** A group whose last message was at this time, with these counts. */
function entry(name: string, at: number, change: Partial<InboxEntry> = {}): InboxEntry {
  const last = { userId: ADA.id, preview: '', at, seq: 1 };
  return entryOf({ last, ...change }, { id: name, name, kind: change.people ? 'direct' : 'group' });
}

function listed(entries: readonly InboxEntry[], openId?: string): [string, string[]][] {
  const groups = entries.map((it) => listedGroup(it, { now: 100, arriving: undefined }));
  return waitingChoices(groups, openId).map((part) => [
    part.title,
    part.groups.map(({ group }) => group.id),
  ]);
}

test('an empty field lists mentions, direct messages, unread and recent groups, each the latest first', () => {
  const people = [ADA];
  expect(
    listed(
      [
        entry('read', 1),
        entry('open', 9),
        entry('unread', 2, { unread: 3 }),
        entry('mention', 3, { unread: 3, mentions: 1 }),
        entry('later mention', 4, { unread: 1, mentions: 1 }),
        entry('direct', 5, { unread: 1, mentions: 1, people }),
        entry('read direct', 6, { people }),
        entry('muted', 7, { unread: 5, mutedUntil: 200 }),
      ],
      'open',
    ),
  ).toEqual([
    ['Mentions', ['later mention', 'mention']],
    ['Unread direct messages', ['direct']],
    ['Unread', ['unread']],
    ['Recent', ['muted', 'read direct', 'read']],
  ]);
});

test('an empty field lists the open group if it has something unread, and few recent ones', () => {
  expect(listed([entry('open', 1, { unread: 1 })], 'open')).toEqual([['Unread', ['open']]]);
  expect(listed([entry('open', 1)], 'open')).toEqual([]);
  const many = Array.from({ length: 500 }, (_, at) => entry(`group ${at}`, at));
  const [[, recent = []] = []] = listed(many);
  expect(recent[0]).toBe('group 499');
  expect(recent.length).toBeLessThan(12);
});
