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
