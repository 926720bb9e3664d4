import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it, test } from 'vitest';
import type { Result } from '../../../protocol/errors.ts';
import { fileIdOf } from '../../../protocol/file-id.ts';
import type { FileReference, Message } from '../../../protocol/models.ts';
import { inboxEntry } from '../../../worker/room/rules/inbox-entry.ts';
import { newestNotifying } from '../../../worker/room/rules/notifying.ts';
import { memberWhoMay } from '../../../worker/room/rules/permissions.ts';
import { type NodeRoom, nodeRoom, person } from '../../support/node-room.ts';
import { newFile } from '../../support/uploaded-file.ts';
import { valueIn } from '../../support/value-in.ts';

const ada = person('Ada').id;
const grace = person('Grace').id;

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.failure.code;
}

function upload(
  room: NodeRoom,
  userId = ada,
  more: Parameters<typeof newFile>[2] = {},
): FileReference {
  return valueIn(room.files.add(newFile(room.groupId, userId, more)));
}

function send(room: NodeRoom, files: FileReference[], content = '', userId = ada): Message {
  const attachments = files.map(({ id }) => id);
  return valueIn(room.conversation.send(userId, { id: uuidv7(), content, attachments })).message;
}

const idsOf = (message: Message) => message.attachments?.map(({ id }) => id);

describe('a message', () => {
  it('shows its files in the order that its author gave them', () => {
    const room = nodeRoom();
    const [one, two, three] = [upload(room), upload(room), upload(room)];
    const message = send(room, [three, one, two]);
    expect(message.attachments).toEqual([three, one, two]);
    expect(room.store.messages.bySeq(message.seq)).toEqual(message);
    expect(room.events.at(-1)).toMatchObject({ type: 'message', message });
  });

  /** Why a file cannot be sent. */
  const REFUSED: Record<string, (room: NodeRoom) => string> = {
    'a file that nobody uploaded': (room) => fileIdOf(room.groupId, uuidv7()),
    'a file of another group': () => upload(nodeRoom()).id,
    'a file that someone else uploaded and did not send': (room) => upload(room, grace).id,
    'a file that someone else has sent': (room) => {
      const file = upload(room, grace);
      send(room, [file], '', grace);
      return file.id;
    },
    'a file that was sent before': (room) => {
      const file = upload(room);
      send(room, [file]);
      return file.id;
    },
    'a file that was removed': (room) => {
      const file = upload(room);
      room.files.remove(ada, file.id);
      return file.id;
    },
    'the file of a deleted message': (room) => {
      const file = upload(room);
      room.conversation.delete(ada, send(room, [file]).id);
      return file.id;
    },
  };

  it.each(Object.entries(REFUSED))(
    'is refused with %s, and then none of its files is used',
    (_, refused) => {
      const room = nodeRoom(['Grace']);
      const good = upload(room);
      const attachments = [good.id, refused(room)];
      const before = room.store.counter();
      const sent = room.conversation.send(ada, { id: uuidv7(), content: 'look', attachments });
      expect(sent).toMatchObject({
        ok: false,
        failure: { code: 'invalid', detail: /\.$/, fields: { attachments: expect.any(String) } },
      });
      expect(room.store.counter()).toBe(before);
      expect(
        codeOf(room.conversation.send(ada, { id: uuidv7(), content: '', attachments: [good.id] })),
      ).toBe('ok');
    },
  );

  it('is answered as it is for a repeat of its id, whatever files that lists', () => {
    const room = nodeRoom();
    const file = upload(room);
    const message = send(room, [file], 'once');
    for (const attachments of [
      [file.id],
      [],
      [upload(room).id],
      [fileIdOf(room.groupId, uuidv7())],
    ]) {
      const again = room.conversation.send(ada, { id: message.id, content: 'twice', attachments });
      expect(again).toEqual({ ok: true, value: { message, created: false } });
    }
  });

  it('that is deleted shows no file, and nobody can fetch one', () => {
    const room = nodeRoom(['Grace']);
    const file = upload(room);
    const { id, seq } = send(room, [file], 'look');
    expect(codeOf(room.files.file(grace, file.id))).toBe('ok');
    room.conversation.delete(ada, id);
    expect(room.store.messages.bySeq(seq)).not.toHaveProperty('attachments');
    expect(codeOf(room.files.file(grace, file.id))).toBe('not_found');
    expect(room.store.files.gone(10).map((gone) => gone.id)).toEqual([file.id]);
  });

  it('without text is listed and notified of by its first file', () => {
    const room = nodeRoom(['Grace']);
    const files = [upload(room), upload(room), upload(room)];
    const { seq } = send(room, files);
    const member = valueIn(memberWhoMay(room.store, grace, 'read'));
    const entry = inboxEntry(room.store, member);
    expect(entry).toMatchObject({ unread: 1, last: { preview: '📷 lake.jpg and 2 more' } });
    const written = room.store.messages.written({ after: 0, upTo: seq }, 10);
    expect(newestNotifying(room.store, grace, written, 0)?.body).toBe('📷 lake.jpg and 2 more');
    send(room, [upload(room, ada, { name: 'notes_1.txt', type: 'text/plain' })]);
    expect(inboxEntry(room.store, member).last?.preview).toBe('📄 notes_1.txt');
    send(room, [upload(room)], 'with words');
    expect(inboxEntry(room.store, member).last?.preview).toBe('with words');
  });
});

describe('an edit', () => {
  const scene = () => {
    const room = nodeRoom(['Grace']);
    const [one, two] = [upload(room), upload(room)];
    const message = send(room, [one, two], 'look');
    const edit = (content: string, attachments?: string[], userId = ada) =>
      room.conversation.edit(userId, { id: message.id, content, attachments });
    return { room, one, two, message, edit };
  };

  it('keeps the files if it lists none', () => {
    const { one, two, edit } = scene();
    expect(valueIn(edit('other words')).attachments).toEqual([one, two]);
  });

  it('adds, removes and orders files, and removed ones are gone', () => {
    const { room, one, two, message, edit } = scene();
    const three = upload(room);
    const after = valueIn(edit('look', [three.id, one.id]));
    expect(idsOf(after)).toEqual([three.id, one.id]);
    expect(after).toMatchObject({ edited: true, rev: message.rev + 1 });
    expect(room.events.at(-1)).toMatchObject({ type: 'message_update', message: after });
    expect(codeOf(room.files.file(ada, two.id))).toBe('not_found');
    expect(idsOf(valueIn(edit('look', [one.id, three.id])))).toEqual([one.id, three.id]);
    expect(codeOf(room.files.file(grace, three.id))).toBe('ok');
    expect(valueIn(edit('words alone', []))).not.toHaveProperty('attachments');
    expect(room.store.files.gone(10)).toHaveLength(3);
  });

  it('to the same files and words changes nothing', () => {
    const { room, one, two, message, edit } = scene();
    expect(valueIn(edit('look', [one.id, two.id]))).toEqual(message);
    expect(room.store.counter()).toBe(message.rev);
  });

  it('is refused with a file that could not be sent either, and takes no file from the message', () => {
    const { room, one, message, edit } = scene();
    const used = upload(room);
    send(room, [used]);
    for (const id of [used.id, upload(room, grace).id, upload(nodeRoom()).id]) {
      expect(edit('new', [one.id, id])).toMatchObject({
        failure: { code: 'invalid', fields: { attachments: expect.any(String) } },
      });
    }
    expect(room.store.messages.bySeq(message.seq)).toEqual(message);
    expect(room.store.files.hasGone()).toBe(false);
  });

  it('of files is for the author only', () => {
    const { one, edit } = scene();
    expect(codeOf(edit('look', [one.id], grace))).toBe('forbidden');
  });
});

describe('an upload', () => {
  it('is taken once, and a repeat is answered with the file that is there', () => {
    const room = nodeRoom();
    const file = newFile(room.groupId, ada);
    const first = valueIn(room.files.add(file));
    room.pass(1_000);
    expect(valueIn(room.files.add({ ...file, name: 'other.jpg' }))).toEqual(first);
    expect(first).toMatchObject({
      url: `/api/files/${file.id}`,
      metadata: { uploadedBy: ada, width: 1600, height: 1200 },
    });
    room.files.remove(ada, file.id);
    expect(codeOf(room.files.add(file))).toBe('not_found');
  });

  it('is for those who may send', () => {
    const room = nodeRoom();
    expect(codeOf(room.files.mayUpload(ada))).toBe('ok');
    expect(codeOf(room.files.mayUpload(grace))).toBe('forbidden');
    expect(codeOf(nodeRoom([], 'private').files.mayUpload(grace))).toBe('not_found');
    expect(codeOf(room.files.add(newFile(room.groupId, grace)))).toBe('forbidden');
    expect(codeOf(room.files.add(newFile(uuidv7(), ada)))).toBe('not_found');
    room.settings.change(ada, { archived: true });
    expect(codeOf(room.files.mayUpload(ada))).toBe('archived');
    expect(codeOf(room.files.add(newFile(room.groupId, ada)))).toBe('archived');
  });

  it('of a deleted account is refused, although its user is still listed', () => {
    const room = nodeRoom(['Grace']);
    room.membership.updateProfile({ ...person('Grace'), deactivatedAt: 1 });
    expect(codeOf(room.files.add(newFile(room.groupId, grace)))).toBe('forbidden');
  });
});

describe('a file', () => {
  it('that was not sent is there for its uploader only', () => {
    const room = nodeRoom(['Grace']);
    const file = upload(room);
    expect(codeOf(room.files.file(ada, file.id))).toBe('ok');
    expect(codeOf(room.files.file(grace, file.id))).toBe('not_found');
    expect(codeOf(room.files.change(grace, file.id, { name: 'mine.jpg' }))).toBe('not_found');
    expect(codeOf(room.files.remove(grace, file.id))).toBe('not_found');
    send(room, [file]);
    expect(codeOf(room.files.file(grace, file.id))).toBe('ok');
    room.membership.remove(ada, grace);
    expect(codeOf(room.files.file(grace, file.id))).toBe('forbidden');
  });

  it('is renamed, described and removed by its uploader until it is sent', () => {
    const room = nodeRoom(['Grace']);
    const file = upload(room);
    const described = valueIn(room.files.change(ada, file.id, { name: 'a.jpg', alt: 'A lake' }));
    expect(described).toMatchObject({ name: 'a.jpg', metadata: { alt: 'A lake', width: 1600 } });
    const { alt: _, ...metadata } = described.metadata;
    expect(valueIn(room.files.change(ada, file.id, { alt: '' }))).toEqual({
      ...described,
      metadata,
    });
    const message = send(room, [file]);
    expect(message.attachments).toMatchObject([{ name: 'a.jpg' }]);
    expect(codeOf(room.files.change(ada, file.id, { name: 'b.jpg' }))).toBe('conflict');
    expect(codeOf(room.files.remove(ada, file.id))).toBe('conflict');
    expect(codeOf(room.files.remove(grace, file.id))).toBe('forbidden');
    const other = upload(room);
    expect(codeOf(room.files.remove(ada, other.id))).toBe('ok');
    expect(codeOf(room.files.remove(ada, other.id))).toBe('ok');
    expect(codeOf(room.files.file(ada, other.id))).toBe('not_found');
  });
});

describe('the list of files', () => {
  it('has sent files only, the newest message first, with their messages and uploaders', () => {
    const room = nodeRoom(['Grace']);
    const [one, two, three] = [upload(room), upload(room, grace), upload(room)];
    upload(room);
    const first = send(room, [one]);
    const attachments = [two.id];
    const reply = { id: uuidv7(), content: 're', parentId: first.id, attachments };
    const second = valueIn(room.conversation.send(grace, reply)).message;
    const third = send(room, [three]);
    room.conversation.delete(ada, third.id);
    expect(valueIn(room.files.list(ada, { limit: 10 }))).toEqual({
      items: [
        { file: two, messageId: second.id, seq: second.seq, parentId: first.id },
        { file: one, messageId: first.id, seq: first.seq },
      ],
      users: [person('Ada'), person('Grace')],
    });
  });

  it('is filtered by kind, uploader and time', () => {
    const room = nodeRoom(['Grace']);
    const kinds = {
      image: 'image/png',
      video: 'video/mp4',
      audio: 'audio/mpeg',
      document: 'text/plain',
    };
    const files = Object.entries(kinds).map(([name, type]) => {
      room.pass(1_000);
      return upload(room, ada, { name, type });
    });
    send(room, files);
    send(room, [upload(room, grace, { name: 'hers', type: 'application/pdf' })], '', grace);
    const names = (query: Parameters<typeof room.files.list>[1]) =>
      valueIn(room.files.list(grace, query))
        .items.map(({ file }) => file.name)
        .toSorted();
    for (const kind of ['image', 'video', 'audio'] as const) {
      expect(names({ kind, limit: 10 })).toEqual([kind]);
    }
    expect(names({ kind: 'document', limit: 10 })).toEqual(['document', 'hers']);
    expect(names({ from: grace, limit: 10 })).toEqual(['hers']);
    const { uploadedAt = 0 } = files[1]?.metadata ?? {};
    expect(names({ before: uploadedAt, limit: 10 })).toEqual(['image']);
    expect(names({ after: uploadedAt, from: ada, limit: 10 })).toEqual(['audio', 'document']);
  });

  it('is paged without a repeat, also within the files of one message', () => {
    const room = nodeRoom();
    const all = Array.from({ length: 7 }, () => upload(room));
    send(room, all.slice(0, 5));
    send(room, all.slice(5));
    const seen: string[] = [];
    for (let place: { seq: number; id: string } | undefined; ; ) {
      const page = valueIn(room.files.list(ada, { limit: 3, place }));
      seen.push(...page.items.map(({ file }) => file.id));
      place = page.next;
      if (!place) break;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(new Set(all.map(({ id }) => id)));
  });

  it('is for members', () => {
    expect(codeOf(nodeRoom().files.list(grace, { limit: 10 }))).toBe('forbidden');
  });
});

describe('when an account is deleted', () => {
  test('its files are gone at once, messages keep their words, and those without any are deleted', () => {
    const room = nodeRoom(['Grace']);
    const [hers, more, unsent] = [upload(room, grace), upload(room, grace), upload(room, grace)];
    const words = send(room, [hers], 'with words', grace);
    const alone = send(room, [more], '', grace);
    const mine = send(room, [upload(room)]);
    room.files.eraseOf(grace);
    for (const { id } of [hers, more, unsent]) {
      expect(codeOf(room.files.file(grace, id))).toBe('not_found');
    }
    const before = room.events.length;
    const gone = room.store.files.gone(10);
    expect(gone).toHaveLength(3);
    room.files.withdraw(gone);
    room.files.withdraw(gone);
    const { attachments: _, ...kept } = words;
    expect(room.events.slice(before)).toMatchObject([
      { type: 'message_update', message: { ...kept, rev: expect.any(Number) } },
      { type: 'message_delete', id: alone.id },
    ]);
    const [update] = room.events.slice(before);
    expect(update).toMatchObject({ message: room.store.messages.byId(words.id) });
    expect(room.store.messages.byId(words.id)).not.toHaveProperty('attachments');
    expect(room.store.messages.byId(mine.id)).toEqual(mine);
  });
});
