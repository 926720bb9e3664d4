import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../../protocol/errors.ts';
import { fileIdOf } from '../../../protocol/file-id.ts';
import { GROUP_PICTURE_BYTES, UPLOAD_KEPT_MS } from '../../../protocol/limits.ts';
import type { MemberRole } from '../../../protocol/models.ts';
import { type NodeRoom, nodeRoom, person } from '../../support/node-room.ts';
import { newFile } from '../../support/uploaded-file.ts';
import { valueIn } from '../../support/value-in.ts';

const ada = person('Ada').id;
const grace = person('Grace').id;

function upload(room: NodeRoom, userId = ada, more: Parameters<typeof newFile>[2] = {}): string {
  return valueIn(room.files.add(newFile(room.groupId, userId, more))).id;
}

function send(room: NodeRoom, userId: string, fileId: string): Result<unknown> {
  return room.conversation.send(userId, { id: uuidv7(), content: '', attachments: [fileId] });
}

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.failure.code);
const goneIn = (room: NodeRoom) => room.store.files.gone(10).map(({ id }) => id);

/** A group with a picture that Ada uploaded. */
function pictured() {
  const room = nodeRoom(['Grace']);
  const imageId = upload(room);
  valueIn(room.settings.change(ada, { imageId }));
  return { room, imageId };
}

describe('the picture of a group', () => {
  it('is seen by everyone with one rev and a line, and by members only', () => {
    const room = nodeRoom(['Grace']);
    const imageId = upload(room);
    expect(codeOf(room.files.file(grace, imageId))).toBe('not_found');
    const before = room.events.length;
    expect(valueIn(room.settings.change(ada, { imageId }))).toMatchObject({ imageId });
    expect(room.events.slice(before)).toMatchObject([
      { type: 'group_update', group: { imageId, name: 'Engines' } },
      { type: 'message', message: { userId: ada, system: { kind: 'picture', text: 'changed' } } },
    ]);
    expect(codeOf(room.files.file(grace, imageId))).toBe('ok');
    expect(codeOf(room.files.file(person('Linus').id, imageId))).toBe('forbidden');
    expect(room.files.list(ada, { limit: 10 })).toMatchObject({ value: { items: [] } });
  });

  const MAY: [role: MemberRole, code: string][] = [
    ['owner', 'ok'],
    ['admin', 'ok'],
    ['member', 'forbidden'],
    ['guest', 'forbidden'],
  ];
  it.each(MAY)('may be set by one with the role %s: %s', (role, code) => {
    const room = nodeRoom(['Grace']);
    const member = room.store.members.find(grace);
    if (!member) throw new Error('no member');
    room.store.putMember({ ...member, role });
    const imageId = upload(room, grace);
    expect(codeOf(room.settings.change(grace, { imageId }))).toBe(code);
    expect(room.store.imageId()).toBe(code === 'ok' ? imageId : undefined);
  });

  /** Why a file cannot be it, and the beginning of what is said about that. */
  const REFUSED: Record<string, [words: RegExp, refused: (room: NodeRoom) => string]> = {
    'a file that nobody uploaded': [/still there/, (room) => fileIdOf(room.groupId, uuidv7())],
    'a file of another group': [/still there/, () => upload(nodeRoom())],
    'a file that someone else uploaded': [/still there/, (room) => upload(room, grace)],
    'a file that someone else has sent': [
      /uploaded yourself/,
      (room) => {
        const id = upload(room, grace);
        send(room, grace, id);
        return id;
      },
    ],
    'a file that was sent': [
      /not used yet/,
      (room) => {
        const id = upload(room);
        send(room, ada, id);
        return id;
      },
    ],
    'a file that was removed': [
      /still there/,
      (room) => {
        const id = upload(room);
        room.files.remove(ada, id);
        return id;
      },
    ],
    'a film': [/JPEG, PNG/, (room) => upload(room, ada, { type: 'video/mp4' })],
    'a drawing that may run scripts': [
      /JPEG, PNG/,
      (room) => upload(room, ada, { type: 'image/svg+xml' }),
    ],
    'a picture that is too large': [
      /at most 5 MiB/,
      (room) => upload(room, ada, { size: GROUP_PICTURE_BYTES + 1 }),
    ],
  };
  it.each(Object.entries(REFUSED).map(([what, [words, of]]) => ({ what, words, of })))(
    'is not $what, and then nothing else changes',
    ({ words, of }) => {
      const room = nodeRoom(['Grace']);
      const imageId = of(room);
      const counter = room.store.counter();
      expect(room.settings.change(ada, { imageId, name: 'Other' })).toMatchObject({
        ok: false,
        failure: {
          code: 'invalid',
          detail: expect.stringMatching(words),
          fields: { imageId: expect.stringMatching(words) },
        },
      });
      expect(room.store.counter()).toBe(counter);
      expect(room.store.group()).toMatchObject({ name: 'Engines' });
    },
  );

  it('may have exactly the largest size', () => {
    const room = nodeRoom();
    const imageId = upload(room, ada, { size: GROUP_PICTURE_BYTES });
    expect(codeOf(room.settings.change(ada, { imageId }))).toBe('ok');
  });

  it('changes once, however often the request is repeated, and stays in other changes', () => {
    const { room, imageId } = pictured();
    const counter = room.store.counter();
    valueIn(room.settings.change(ada, { imageId }));
    expect(room.store.counter()).toBe(counter);
    valueIn(room.settings.change(ada, { name: 'Motors' }));
    expect(room.store.group()).toMatchObject({ imageId, name: 'Motors' });
    expect(goneIn(room)).toEqual([]);
  });

  it('is neither sent nor changed nor removed like a file that waits, and waits for nothing', () => {
    const { room, imageId } = pictured();
    expect(codeOf(send(room, ada, imageId))).toBe('invalid');
    expect(codeOf(room.files.remove(ada, imageId))).toBe('conflict');
    expect(codeOf(room.files.change(ada, imageId, { name: 'x' }))).toBe('conflict');
    expect(room.store.files.oldestUnsentAt()).toBeUndefined();
    room.pass(UPLOAD_KEPT_MS * 2);
    room.store.files.setUnsentGone(Number.MAX_SAFE_INTEGER, 1);
    expect(goneIn(room)).toEqual([]);
  });

  it('is gone when it is replaced', () => {
    const { room, imageId } = pictured();
    const next = upload(room);
    valueIn(room.settings.change(ada, { imageId: next }));
    expect(room.store.imageId()).toBe(next);
    expect(goneIn(room)).toEqual([imageId]);
  });

  it('is gone when it is removed, which a line says', () => {
    const { room, imageId } = pictured();
    expect(valueIn(room.settings.change(ada, { imageId: null }))).not.toHaveProperty('imageId');
    expect(room.events.at(-1)).toMatchObject({
      message: { system: { kind: 'picture', text: 'removed' } },
    });
    expect(goneIn(room)).toEqual([imageId]);
    const { length } = room.events;
    valueIn(room.settings.change(ada, { imageId: null }));
    expect(room.events).toHaveLength(length);
  });

  it('is gone with the group', () => {
    const { room, imageId } = pictured();
    valueIn(room.settings.delete(ada));
    expect(goneIn(room)).toEqual([imageId]);
    expect(room.store.group()).not.toHaveProperty('imageId');
  });

  it('is taken from the group when its uploader deletes their account', () => {
    const { room, imageId } = pictured();
    room.files.eraseOf(ada);
    const before = room.events.length;
    room.files.withdraw(room.store.files.gone(10));
    room.files.withdraw(room.store.files.gone(10));
    expect(room.events.slice(before)).toMatchObject([{ type: 'group_update' }]);
    expect(room.store.group()).not.toHaveProperty('imageId');
    expect(goneIn(room)).toEqual([imageId]);
  });
});
