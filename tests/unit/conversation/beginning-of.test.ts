import { expect, test } from 'vitest';
import { beginningOf } from '../../../web/features/conversation/beginning-of.ts';
import { ADA, messageAt } from '../../support/group-events.ts';

test.each([
  ['Which **cards** do we _keep_?', 'Which cards do we keep?'],
  ['two\n\nlines', 'two lines'],
  ['- one\n- two', '- one - two'],
  ['> said\nanswered', 'said answered'],
  ['run `npm test`\n```sh\nls\n```', 'run npm test ls'],
  ['| a | b |\n|---|---|\n| c | d |', 'a b c d'],
  ['see [the plan](https://example.com/)', 'see the plan'],
  [`<@${ADA.id}> and <@unknown>`, '@Ada and @Someone'],
  ['5~7 and 2*3*4', '5~7 and 2*3*4'],
  ['word '.repeat(100), 'word '.repeat(40)],
])('the beginning of %j is one line without marks', (content, line) => {
  const userOf = (id: string) => (id === ADA.id ? ADA : undefined);
  expect(beginningOf(messageAt(1, { content }), userOf)).toBe(line);
});

test('a deleted message has no beginning', () => {
  const deleted = messageAt(1, { content: '', deletedAt: 5 });
  expect(beginningOf(deleted, () => undefined)).toBe('a deleted message');
});
