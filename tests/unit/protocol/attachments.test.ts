import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { EditMessageFrame, MessageFrame } from '../../../protocol/client-frames.ts';
import { fileIdOf } from '../../../protocol/file-id.ts';
import { MessageEdit, NewMessage } from '../../../protocol/rest-requests.ts';

const ID = uuidv7();
const fileIds = (count: number) => Array.from({ length: count }, () => fileIdOf(ID, uuidv7()));

const SENT: [string, z.ZodMiniType, object][] = [
  ['a message', MessageFrame, { type: 'message', id: ID }],
  ['an edit', EditMessageFrame, { type: 'edit_message', id: ID }],
  ['a message over REST', NewMessage, { groupId: ID }],
  ['an edit over REST', MessageEdit, {}],
];

describe.each(SENT)('%s', (_, schema, sent) => {
  const faultsOf = (more: object) =>
    schema
      .safeParse({ ...sent, content: '', ...more })
      .error?.issues.map(({ path, message }) => [path.join('.'), message]);

  test('may have files without words, or words without files, but not neither', () => {
    expect(schema.parse({ ...sent, content: ' \u200b', attachments: fileIds(10) })).toMatchObject({
      content: '',
    });
    expect(faultsOf({ content: 'words' })).toBeUndefined();
    expect(faultsOf({ content: 'words', attachments: [] })).toBeUndefined();
    const nothing = [['content', 'must not be empty']];
    expect(faultsOf({})).toEqual(nothing);
    expect(faultsOf({ content: ' \n', attachments: [] })).toEqual(nothing);
  });

  test('names at most 10 different files, by their ids', () => {
    const [first = ''] = fileIds(1);
    expect(faultsOf({ attachments: fileIds(11) })).toEqual([
      ['attachments', 'must be at most 10 files'],
    ]);
    expect(faultsOf({ attachments: [first, first] })).toEqual([
      ['attachments', 'must name each file once'],
    ]);
    expect(faultsOf({ attachments: ['lake.jpg'] })).toEqual([
      ['attachments.0', 'must be the id of a file'],
    ]);
  });
});
