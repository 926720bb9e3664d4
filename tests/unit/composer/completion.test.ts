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

test('a name is completed from its @ on, with one space in it', () => {
  expect(asked('Hi @')).toBe('person: ');
  expect(asked('Hi @gr')).toBe('person: gr');
  expect(asked('Hi @Grace H')).toBe('person: Grace H');
  expect(asked('(@gr')).toBe('person: gr');
});

test('text that only looks like a name is not completed', () => {
  expect(asked('ada@example')).toBeUndefined();
  expect(asked('Hi @Grace ')).toBeUndefined();
  expect(asked('Hi @Grace Hopper and')).toBeUndefined();
  expect(asked('Hi @Grace\n')).toBeUndefined();
});

test('an emoji is completed from its second letter on', () => {
  expect(asked('so :ta')).toBe('emoji: ta');
  expect(asked('so :t')).toBeUndefined();
  expect(asked('at 10:30')).toBeUndefined();
  expect(asked('https://')).toBeUndefined();
});

test('nothing is completed inside code', () => {
  expect(asked('```\n@gr')).toBeUndefined();
  expect(asked('```\n@gr\n```\n@gr')).toBe('person: gr');
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
    isMember: (userId) => members.has(userId),
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
