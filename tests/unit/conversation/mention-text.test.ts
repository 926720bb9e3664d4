import { expect, test } from 'vitest';
import { contentOf } from '../../../web/features/conversation/mention-text.ts';
import { readable } from '../../../web/features/conversation/readable.ts';

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

test.each([
  ['_@Ada_', '_<@user_ada>_'],
  ['**@Ada**, thanks', '**<@user_ada>**, thanks'],
  ['谢谢@Ada', '谢谢<@user_ada>'],
  ['@ADA and @ada', '<@user_ada> and <@user_ada>'],
  ['@Adaさん', '<@user_ada>さん'],
  ['(@Ada) "@Ada" @Ada/@all', '(<@user_ada>) "<@user_ada>" <@user_ada>/<@all>'],
  ["@Ada's and @Ada.", "<@user_ada>'s and <@user_ada>."],
  ['> @Ada\n- @Ada', '> <@user_ada>\n- <@user_ada>'],
  [
    '| a | @Ada |\n|---|---|\n| \\| @Ada | b |',
    '| a | <@user_ada> |\n|---|---|\n| \\| <@user_ada> | b |',
  ],
])('%j names Ada: %j', (text, content) => {
  expect(contentOf(text, [ADA])).toBe(content);
});

test.each([
  'https://medium.com/@Ada/how-i-did-it',
  '[p](https://mastodon.social/@Ada)',
  '[by @Ada](https://example.com/)',
  'npm i @all-contributors/cli',
  'npm i @Ada/cli',
  '@Adam and @Ada_b and ada@Ada',
  '~~~\n@Ada\n~~~',
  '`over\ntwo lines @Ada`',
  '```\n@Ada',
  '`` ` @Ada ``',
  'not \\@Ada and not \\@all',
  '<https://example.com/@Ada>',
  'www.example.com/@Ada',
])('%j names nobody and stays as it was typed', (text) => {
  expect(contentOf(text, [ADA])).toBe(text);
});

test.each(['`<@all>`', '```\n<@user_ada>\n```', 'a `<@user_ada>` b'])(
  '%j is edited as it is',
  (content) => {
    expect(readable(content, () => ({ name: 'Ada', handle: 'ada' })).text).toBe(content);
  },
);

const EMOJI = new Map([
  ['tada', '🎉'],
  ['+1', '👍'],
  ['30', '30'],
  ['map', '🗺️'],
]);

test.each([
  ['done :tada:', 'done 🎉'],
  [':tada:', '🎉'],
  [':TADA:', '🎉'],
  [':tada::+1:', '🎉👍'],
  ['**:tada:**', '**🎉**'],
  ['(:tada:)!', '(🎉)!'],
  ['谢谢:tada:', '谢谢🎉'],
  ['@Ada:tada:', '<@user_ada>🎉'],
  ['> :tada:', '> 🎉'],
  // Nothing that only looks like one.
  [':unknown: :tada', ':unknown: :tada'],
  ['at 10:30:00', 'at 10:30:00'],
  ['std::map::find std:map:', 'std::map::find std:map:'],
  ['\\:tada:', '\\:tada:'],
  // Code and addresses.
  ['`:tada:` and :tada:', '`:tada:` and 🎉'],
  ['```\n:tada:\n```', '```\n:tada:\n```'],
  ['~~~\n:tada:\n~~~', '~~~\n:tada:\n~~~'],
  ['https://example.com/:tada:', 'https://example.com/:tada:'],
  ['[:tada:](https://example.com/)', '[:tada:](https://example.com/)'],
])('%j is sent as %j: an emoji that was typed by its name', (typed, sent) => {
  expect(contentOf(typed, [ADA], (name) => EMOJI.get(name.toLowerCase()))).toBe(sent);
});
