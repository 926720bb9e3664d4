import { expect, test } from 'vitest';
import {
  contentOf,
  cutAtMentions,
  readable,
} from '../../../web/features/conversation/mention-text.ts';

const ADA = { name: 'Ada', userId: 'user_ada' };
const LOVELACE = { name: 'Ada Lovelace', userId: 'user_lovelace' };

test('a name that was chosen is sent as a mention of that person', () => {
  expect(contentOf('Hi @Ada!', [ADA])).toBe('Hi <@user_ada>!');
});

test('the longer of two names wins, and a longer word than a name is none', () => {
  expect(contentOf('@Ada Lovelace and @Ada', [ADA, LOVELACE])).toBe(
    '<@user_lovelace> and <@user_ada>',
  );
  expect(contentOf('@Adam', [ADA])).toBe('@Adam');
});

test('of two people with one name, the first is meant', () => {
  expect(contentOf('@Ada', [ADA, { name: 'Ada', userId: 'user_other' }])).toBe('<@user_ada>');
});

test('everyone and everyone online are mentioned by their names', () => {
  expect(contentOf('@here and @all', [])).toBe('<@here> and <@all>');
  expect(contentOf('somewhere@here.example', [])).toBe('somewhere@here.example');
});

test('code stays as it was typed', () => {
  expect(contentOf('`@Ada` @Ada\n```\n@Ada\n```', [ADA])).toBe(
    '`@Ada` <@user_ada>\n```\n@Ada\n```',
  );
});

test('names with signs that mean something to patterns are only names', () => {
  const odd = { name: 'C++-(Bot).*', userId: 'user_bot' };
  expect(contentOf('@C++-(Bot).* hello', [odd])).toBe('<@user_bot> hello');
});

test('what was sent is read as it was typed, and sent again the same', () => {
  const content = 'Hi <@user_ada>, <@all>: `<@user_ada>`';
  const { text, named } = readable('Hi <@user_ada>, <@all>', () => ({
    name: 'Ada',
    handle: 'ada',
  }));
  expect(text).toBe('Hi @Ada, @all');
  expect(contentOf(text, named)).toBe('Hi <@user_ada>, <@all>');
  expect(readable(content, () => undefined).text).toContain('@Someone');
});

test('two people of one name are two people when the text is saved again', () => {
  const content = '<@one> and <@two>, <@one>';
  const { text, named } = readable(content, (id) => ({ name: 'Ada', handle: `ada-${id}` }));
  expect(text).toBe('@Ada and @ada-two, @Ada');
  expect(contentOf(text, named)).toBe(content);
  const unknown = readable(content, () => undefined);
  expect(unknown.text).toBe('@Someone and <@two>, @Someone');
  expect(contentOf(unknown.text, unknown.named)).toBe(content);
});

test('a text is cut at its mentions, and nothing of it is lost', () => {
  expect(cutAtMentions('a <@user_ada> b')).toEqual([
    { type: 'text', text: 'a ' },
    { type: 'mention', userId: 'user_ada' },
    { type: 'text', text: ' b' },
  ]);
  expect(cutAtMentions('')).toEqual([]);
});
