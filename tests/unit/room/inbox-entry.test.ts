import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { PREVIEW_CHARACTERS } from '../../../protocol/limits.ts';
import { mentionOf } from '../../../protocol/mentions.ts';
import { inboxEntry } from '../../../worker/room/rules/inbox-entry.ts';
import { memberWhoMay } from '../../../worker/room/rules/permissions.ts';
import { nodeRoom, person } from '../../support/node-room.ts';

const [ada, grace, stranger] = ['Ada', 'Grace', 'Margaret'].map(person);

/** The last message as Grace's list has it, after Ada wrote this. */
function lastAfter(content: string) {
  const room = nodeRoom(['Grace']);
  room.conversation.send(person('Ada').id, { id: uuidv7(), content });
  const member = memberWhoMay(room.store, person('Grace').id, 'read');
  if (!member.ok) throw new Error(member.failure.detail);
  return inboxEntry(room.store, member.value).last;
}

const named = (...people: (typeof ada)[]) => people.map((it) => ({ id: it?.id, name: it?.name }));
const at = (who: typeof ada) => mentionOf(who?.id ?? '');

test.each([
  ['the people whom it mentions', `${at(grace)} and ${at(ada)}, look`, named(grace, ada)],
  ['nothing more for a message without a mention', 'look', undefined],
  ['nobody for a mention of everyone', `${mentionOf('all')} look`, undefined],
  ['nobody who was never a member', `${at(stranger)} look`, undefined],
  ['nobody for a mention in code', `\`${at(grace)}\``, undefined],
  [
    'nobody who is mentioned after the preview',
    `${'x'.repeat(PREVIEW_CHARACTERS)} ${at(grace)}`,
    undefined,
  ],
])('an entry names with its last message %s', (_what, content, mentioned) => {
  const last = lastAfter(content);
  expect(last?.mentioned).toEqual(mentioned);
  if (!mentioned) expect(last).not.toHaveProperty('mentioned');
});
