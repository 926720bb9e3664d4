import { expect, test } from 'vitest';
import type { SystemLine } from '../../../protocol/models.ts';
import { systemText } from '../../../web/features/conversation/message/system-row.tsx';

/** Names are isolated, so that none can turn the direction of the sentence. */
const plain = (text: string | undefined) => text?.replace(/[\u2068\u2069]/g, '');

test.for<[SystemLine, string | undefined]>([
  [{ kind: 'pinned_by_moonlight' }, undefined],
  [{ kind: 'created', text: 'Engines' }, 'created the group'],
  [{ kind: 'joined' }, 'joined'],
  [{ kind: 'left' }, 'left'],
  [{ kind: 'added', userIds: ['grace', 'linus'] }, 'added Grace, Linus'],
  [{ kind: 'removed', userIds: ['grace', 'linus'] }, 'removed Grace, Linus'],
  [
    { kind: 'role', userIds: ['grace', 'linus'], text: 'admin' },
    'changed the role of Grace, Linus to admin',
  ],
  [{ kind: 'renamed', text: 'Looms' }, 'renamed the group to “Looms”'],
  [{ kind: 'topic', text: 'Jacquard' }, 'changed the topic to “Jacquard”'],
  [{ kind: 'topic', text: '' }, 'removed the topic'],
  [{ kind: 'visibility', text: 'private' }, 'made the group private'],
  [{ kind: 'picture', text: 'changed' }, 'changed the group picture'],
  [{ kind: 'archived' }, 'archived the group'],
  [{ kind: 'restored' }, 'restored the group'],
])('%j reads "%s"', ([line, text]) => {
  expect(plain(systemText(line, ['Grace', 'Linus']))).toBe(text);
});
