import { describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { EditMessageFrame, MessageFrame } from '../../../protocol/client-frames.ts';
import {
  GroupChange,
  NewGroup,
  NewMessage,
  ProfileChange,
} from '../../../protocol/rest-requests.ts';

const ID = '01890000-0000-7000-8000-000000000001';
const HALF = 'half \ud800 a character';
const WHOLE = 'a whole 🎉 of two halves';

const WRITTEN: [string, z.ZodMiniType, (text: string) => object][] = [
  ['a message', MessageFrame, (content) => ({ type: 'message', id: ID, content })],
  ['an edit', EditMessageFrame, (content) => ({ type: 'edit_message', id: ID, content })],
  ['a message over REST', NewMessage, (content) => ({ groupId: ID, content })],
  ["a new group's name", NewGroup, (name) => ({ kind: 'group', name, visibility: 'public' })],
  ["a group's name", GroupChange, (name) => ({ name })],
  ["a group's topic", GroupChange, (topic) => ({ topic })],
  ["a status's text", ProfileChange, (text) => ({ status: { emoji: '🎉', text } })],
  ["a status's emoji", ProfileChange, (emoji) => ({ status: { emoji, text: '' } })],
];

describe('text that would be stored differently than sent', () => {
  test.for(WRITTEN)(
    'is refused in %s, and complete characters are accepted',
    ([, schema, written]) => {
      const refused = schema.safeParse(written(HALF));
      expect(refused.error?.issues.map(({ message }) => message)).toEqual([
        'must be well-formed Unicode',
      ]);
      expect(schema.safeParse(written(WHOLE)).success).toBe(true);
    },
  );
});

const UNSEEN = {
  'a zero-width space': '\u200b',
  'a Hangul filler': '\u3164',
  'a Braille blank': '\u2800',
  'marks of direction': '\u202e\u200f\u2066\u2069',
  NUL: '\0',
  'a soft hyphen and a joiner': '\u00ad\u200d',
  'a variation selector': '\ufe0f',
  'a language tag': '\u{e0001}\u{e0065}',
  'a null notehead': '\u{1d159}',
  'white space of every kind': ' \t\n\u00a0\u2003\u3000\u2028',
};

describe.each(Object.entries(UNSEEN))('%s alone', (_, unseen) => {
  const VISIBLE = WRITTEN.filter(([name]) => !name.includes('topic') && !name.includes('status'));

  test.for(VISIBLE)('is refused in %s', ([, schema, written]) => {
    const refused = schema.safeParse(written(unseen));
    expect(refused.error?.issues.map(({ message }) => message)).toEqual(['must not be empty']);
    expect(schema.safeParse(written(`${unseen}a`)).success).toBe(true);
  });

  test("is no topic and no status's text", () => {
    expect(GroupChange.parse({ topic: unseen })).toEqual({ topic: '' });
    expect(ProfileChange.parse({ status: { emoji: '🎉', text: unseen } })).toEqual({
      status: { emoji: '🎉', text: '' },
    });
  });
});

test.each([
  ['a\0b\u0007c\u009fd', 'abcd'],
  ['one\r\ntwo\rthree\n\tfour', 'one\ntwo\nthree\n\tfour'],
  ['👩\u200d🔬 and \u202eabc', '👩\u200d🔬 and \u202eabc'],
])('a message of %j is stored as %j', (content, stored) => {
  expect(MessageFrame.parse({ type: 'message', id: ID, content })).toMatchObject({
    content: stored,
  });
});

test.each([
  ['  Team\u0000 one\r\ntwo ', 'Team one two'],
  ['a\u2028b', 'a b'],
])('a name of %j is stored as %j', (name, stored) => {
  expect(GroupChange.parse({ name })).toEqual({ name: stored });
});
