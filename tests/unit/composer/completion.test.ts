import { expect, test } from 'vitest';
import type { User } from '../../../protocol/models.ts';
import { completionQuery } from '../../../web/features/composer/completion-query.ts';
import { rankPeople } from '../../../web/features/composer/rank-people.ts';

function user(name: string, handle = name.toLowerCase().replaceAll(' ', '.')): User {
  return { id: `user_${handle}`, name, handle, imageUrl: '', role: 'member' };
}

function asked(text: string) {
  const query = completionQuery(text, text.length);
  return query && `${query.kind}: ${query.text}`;
}

test.each([
  ['Hi @', 'person: '],
  ['Hi @gr', 'person: gr'],
  ['Hi @Grace H', 'person: Grace H'],
  // Wherever a mention is recognised.
  ['(@gr', 'person: gr'],
  ['"@gr', 'person: gr'],
  ['> @gr', 'person: gr'],
  ['>@gr', 'person: gr'],
  ['_@gr', 'person: gr'],
  ['**@gr', 'person: gr'],
  ['so _@gr', 'person: gr'],
  ['谢谢@gr', 'person: gr'],
  ['안녕@gr', 'person: gr'],
  ['ขอบคุณ@gr', 'person: gr'],
  ['（@gr', 'person: gr'],
  ['and/@gr', 'person: gr'],
  ['- @gr', 'person: gr'],
  // An emoji from its second letter on.
  ['so :ta', 'emoji: ta'],
  ['(:ta', 'emoji: ta'],
  ['谢谢:ta', 'emoji: ta'],
  ['🎉:ta', 'emoji: ta'],
  ['❤️:ta', 'emoji: ta'],
  ['👍🏽:ta', 'emoji: ta'],
  // Code that has ended.
  ['```\n@gr\n```\n@gr', 'person: gr'],
  ['~~~\n@gr\n~~~\n@gr', 'person: gr'],
  ['`@gr` @gr', 'person: gr'],
])('%j is completed', (text, expected) => {
  expect(asked(text)).toBe(expected);
});

test.each([
  // Only looks like a name.
  'ada@example',
  'snake_@gr',
  '<@gr',
  'Hi @Grace ',
  'Hi @ 5',
  'Hi @Grace Hopper and',
  'Hi @Grace\n',
  'so :t',
  'at 10:30',
  'std::ve',
  'note:ta',
  'https://',
  // Code, closed or not.
  '```\n@gr',
  '```@gr',
  '~~~\n@gr',
  '~~~\n```\n@gr',
  '> ```\n> @gr',
  '~~~\n:ta',
  'run `npm i @gr',
  'run ``npm `i` @gr',
  // Addresses.
  'https://example.com/@gr',
  '[page](https://example.com/@gr',
  '[page](@gr',
])('%j is not completed', (text) => {
  expect(asked(text)).toBeUndefined();
});

test('nothing is completed in code that goes on after the caret', () => {
  expect(completionQuery('`@gr` and `x`', 4)).toBeUndefined();
  expect(completionQuery('`over\n@gr` x', 9)).toBeUndefined();
  expect(completionQuery('```\n@gr\n```', 7)).toBeUndefined();
});

test('a completion has the range that it would replace', () => {
  expect(completionQuery('Hi @gr you', 6)).toMatchObject({ from: 3, to: 6 });
});

test('people are ranked by prefix of name, then of word; members first, then recent speakers', () => {
  const ann = user('Ann Gray');
  const grace = user('Grace Hopper');
  const greta = user('Greta');
  const grant = user('Grant');
  const members = new Set([ann.id, grace.id, greta.id]);
  const ranked = rankPeople('gr', [ann, grant, grace, greta], {
    isMember: ({ id }) => members.has(id),
    recent: [greta.id],
  });
  expect(ranked.map(({ name }) => name)).toEqual(['Greta', 'Grace Hopper', 'Grant', 'Ann Gray']);
});

test('accents and case are ignored, and handles count as words', () => {
  const people = [user('José', 'pepe')];
  const all = { isMember: () => true, recent: [] };
  expect(rankPeople('JOSE', people, all)).toHaveLength(1);
  expect(rankPeople('pep', people, all)).toHaveLength(1);
  expect(rankPeople('ose', people, all)).toEqual([]);
});
