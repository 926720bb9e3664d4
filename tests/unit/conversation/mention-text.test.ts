import { expect, test } from 'vitest';
import {
  contentOf,
  cutAtMentions,
  readable,
} from '../../../web/features/conversation/mention-text.ts';

const ADA = { name: 'Ada', userId: 'user_ada' };
const LOVELACE = { name: 'Ada Lovelace', userId: 'user_lovelace' };

test('a chosen name is sent as a mention of that user', () => {
  expect(contentOf('Hi @Ada!', [ADA])).toBe('Hi <@user_ada>!');
});

test('the longer of two names wins, and a name inside a longer word does not match', () => {
  expect(contentOf('@Ada Lovelace and @Ada', [ADA, LOVELACE])).toBe(
    '<@user_lovelace> and <@user_ada>',
  );
  expect(contentOf('@Adam', [ADA])).toBe('@Adam');
});

test('of two users with one name, the first is mentioned', () => {
  expect(contentOf('@Ada', [ADA, { name: 'Ada', userId: 'user_other' }])).toBe('<@user_ada>');
});

test('@all and @here are mentions', () => {
  expect(contentOf('@here and @all', [])).toBe('<@here> and <@all>');
  expect(contentOf('somewhere@here.example', [])).toBe('somewhere@here.example');
});

test('code is left as typed', () => {
  expect(contentOf('`@Ada` @Ada\n```\n@Ada\n```', [ADA])).toBe(
    '`@Ada` <@user_ada>\n```\n@Ada\n```',
  );
});

test('names with pattern characters are matched literally', () => {
  const odd = { name: 'C++-(Bot).*', userId: 'user_bot' };
  expect(contentOf('@C++-(Bot).* hello', [odd])).toBe('<@user_bot> hello');
});

test('sent text is edited as it was typed, and saved unchanged', () => {
  const content = 'Hi <@user_ada>, <@all>: `<@user_ada>`';
  const { text, named } = readable('Hi <@user_ada>, <@all>', () => ({
    name: 'Ada',
    handle: 'ada',
  }));
  expect(text).toBe('Hi @Ada, @all');
  expect(contentOf(text, named)).toBe('Hi <@user_ada>, <@all>');
  expect(readable(content, () => undefined).text).toContain('@Someone');
});

test('two users with one name stay distinct when the text is saved again', () => {
  const content = '<@one> and <@two>, <@one>';
  const { text, named } = readable(content, (id) => ({ name: 'Ada', handle: `ada-${id}` }));
  expect(text).toBe('@Ada and @ada-two, @Ada');
  expect(contentOf(text, named)).toBe(content);
  const unknown = readable(content, () => undefined);
  expect(unknown.text).toBe('@Someone and <@two>, @Someone');
  expect(contentOf(unknown.text, unknown.named)).toBe(content);
});

test('text is split at its mentions, without losing a character', () => {
  expect(cutAtMentions('a <@user_ada> b')).toEqual([
    { type: 'text', text: 'a ' },
    { type: 'mention', userId: 'user_ada' },
    { type: 'text', text: ' b' },
  ]);
  expect(cutAtMentions('')).toEqual([]);
});
