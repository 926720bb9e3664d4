import { expect, test } from 'vitest';
import { conversationName } from '../../../web/ui/words/conversation-name.ts';

const DIRECT = { kind: 'direct', name: '' } as const;
const people = (...names: string[]) => names.map((name) => ({ name }));

test.each([
  [['Grace'], 'Grace'],
  [['Linus', 'Grace'], 'Grace and Linus'],
  [['Marie', 'Linus', 'Grace'], 'Grace, Linus and Marie'],
  [['Émile', 'Zoë', 'Eve'], 'Émile, Eve and Zoë'],
  [['Bot 10', 'Bot 2'], 'Bot 2 and Bot 10'],
])('a direct group with %j is called “%s”, in whatever order they come', (names, expected) => {
  expect(conversationName(DIRECT, people(...names))).toBe(expected);
});

test('another group has its own name', () => {
  expect(conversationName({ kind: 'group', name: 'Engines' }, people('Grace'))).toBe('Engines');
});
