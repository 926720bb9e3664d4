import { fail, ok, type Result } from '../../../protocol/errors.ts';
import {
  PINS_PER_GROUP,
  REACTIONS_IN_ALL,
  REACTIONS_PER_MESSAGE,
  REACTIONS_PER_PERSON,
} from '../../../protocol/limits.ts';
import type { Message } from '../../../protocol/models.ts';
import { may } from '../../../protocol/permissions.ts';
import type { Sending } from '../room-rpc.ts';
import type { RoomStore } from '../rows/room-store.ts';
import type { Files } from './files.ts';
import { mentionsIn, newlyMentioned } from './mentions.ts';
import { memberWhoMay, memberWhoMayWrite } from './permissions.ts';
import type { Threads } from './threads.ts';
import { leaveTombstone } from './tombstone.ts';
import type { Writer } from './writer.ts';

/** The rules of messages, replies, edits, deletions, reactions and pins. */
export class Conversation {
  readonly #writer: Writer;
  readonly #store: RoomStore;
  readonly #threads: Threads;
  readonly #files: Files;

  constructor(writer: Writer, threads: Threads, files: Files) {
    this.#writer = writer;
    this.#store = writer.store;
    this.#threads = threads;
    this.#files = files;
  }

  /** Writes a user's message. `created` is false, and nothing changes, if the same author sent this id before. */
  send(userId: string, sending: Sending): Result<{ message: Message; created: boolean }> {
    const author = memberWhoMay(this.#store, userId, 'send');
    if (!author.ok) return author;
    const existing = this.#store.messages.plainById(sending.id);
    if (existing) {
      if (existing.userId === userId && !existing.system) {
        return ok({ message: this.#read(existing.seq), created: false });
      }
      return fail('conflict', 'This id belongs to another message. Send it under a new one.');
    }
    const writes = memberWhoMayWrite(this.#store, userId, 'send');
    if (!writes.ok) return writes;
    const root = this.#rootOf(sending.parentId);
    if (!root.ok) return root;
    const files = this.#files.sendable(userId, sending.attachments ?? []);
    if (!files.ok) return files;
    const message = this.#writer.commit((publish) => {
      const named = mentionsIn(sending.content, this.#store, this.#writer.effects.online);
      const { id, content, alsoToGroup } = sending;
      const attachments = files.value;
      const written = this.#writer.insert(
        { id, userId, content, root: root.value, alsoToGroup, attachments, ...named },
        publish,
      );
      this.#files.sent(attachments, written.seq);
      if (root.value) this.#threads.replied(root.value, written);
      return written;
    });
    return ok({ message, created: true });
  }

  /** Replaces the text of a message and, if they are given, its files. Only its author may; no difference changes nothing. */
  edit(
    userId: string,
    { id, content, attachments }: Pick<Sending, 'id' | 'content' | 'attachments'>,
  ): Result<Message> {
    const author = memberWhoMayWrite(this.#store, userId, 'send');
    if (!author.ok) return author;
    const found = this.#undeleted(id);
    if (!found.ok) return found;
    const before = found.value;
    if (before.userId !== userId || before.system) {
      return fail('forbidden', 'Only the author of a message can edit it.');
    }
    const files = this.#files.edited(before, attachments);
    if (!files.ok) return files;
    if (before.content === content && !files.value.isChanged) return ok(this.#read(before.seq));
    const named = mentionsIn(content, this.#store, this.#writer.effects.online, before);
    const alsoMentioned = newlyMentioned(this.#store, before, named);
    const after = this.#writer.commit((publish) => {
      const rev = this.#store.nextRev();
      const at = this.#writer.effects.clock();
      this.#store.messages.edit(before.seq, rev, { content, ...named, at, ...files.value });
      this.#files.replaced(before, files.value.attachments);
      const message = this.#read(before.seq);
      publish({ type: 'message_update', rev, message });
      const known = new Set(before.mentions);
      const newly = named.mentions.filter((mentioned) => !known.has(mentioned));
      this.#threads.mentioned(message, newly);
      this.#writer.afterCommit(() => this.#writer.effects.mentioned(alsoMentioned, before.seq));
      return message;
    });
    return ok(after);
  }

  /** Leaves a tombstone of a message. Its author and admins may; deleting it twice is harmless. */
  delete(userId: string, id: string): Result<null> {
    const member = memberWhoMay(this.#store, userId, 'read');
    if (!member.ok) return member;
    const message = this.#store.messages.plainById(id);
    if (!message) return noSuchMessage();
    if (message.deletedAt !== undefined) return ok(null);
    const isOwn = message.userId === userId && !message.system;
    if (!isOwn && (message.system || !may(member.value.role, 'delete_others'))) {
      return fail('forbidden', 'Only the author of a message or an admin can delete it.');
    }
    this.#writer.commit((publish) => {
      leaveTombstone(this.#writer, message, publish);
      this.#files.replaced(message, []);
    });
    return ok(null);
  }

  /** Adds or removes a reaction. A reaction that is there (or gone) already changes nothing and makes no event. */
  react(
    userId: string,
    { id, emoji, op }: { id: string; emoji: string; op: 'add' | 'remove' },
  ): Result<null> {
    const member = memberWhoMayWrite(this.#store, userId, 'react');
    if (!member.ok) return member;
    const found = this.#undeleted(id);
    if (!found.ok) return found;
    const { seq } = found.value;
    const { reactions } = this.#store.messages;
    if (reactions.has(seq, emoji, userId) === (op === 'add')) return ok(null);
    const allowed = op === 'add' ? this.#withinLimits(seq, emoji, userId) : ok(null);
    if (!allowed.ok) return allowed;
    this.#writer.commit((publish) => {
      const rev = this.#store.nextRev();
      if (op === 'add') reactions.add(seq, emoji, userId, rev);
      else reactions.remove(seq, emoji, userId, rev);
      const count = reactions.count(seq, emoji);
      publish({ type: 'reaction_update', rev, id, seq, emoji, userId, op, count });
    });
    return ok(null);
  }

  /** Pins or unpins a message for everyone. */
  pin(userId: string, id: string, pinned: boolean): Result<Message> {
    const member = memberWhoMayWrite(this.#store, userId, 'pin');
    if (!member.ok) return member;
    const found = this.#undeleted(id);
    if (!found.ok) return found;
    const { seq, pinnedAt } = found.value;
    if ((pinnedAt !== undefined) === pinned) return ok(this.#read(seq));
    if (pinned && this.#store.messages.countPinned() >= PINS_PER_GROUP) {
      return fail(
        'conflict',
        `A group has at most ${PINS_PER_GROUP} pins. Unpin another message first.`,
      );
    }
    return ok(
      this.#writer.commit((publish) => {
        const rev = this.#store.nextRev();
        const at = this.#writer.effects.clock();
        this.#store.messages.pin(seq, rev, pinned ? { at, userId } : undefined);
        const message = this.#read(seq);
        publish({ type: 'message_update', rev, message });
        return message;
      }),
    );
  }

  /** The root that a reply names; undefined for a message that is not a reply. */
  #rootOf(parentId: string | undefined): Result<Message | undefined> {
    if (parentId === undefined) return ok(undefined);
    const root = this.#store.messages.plainById(parentId);
    if (!root || (root.deletedAt !== undefined && !root.replyCount)) return noSuchMessage();
    if (root.parentId !== undefined || root.system) {
      return fail(
        'invalid',
        'A reply belongs to a message of the group, not to a reply or a system line.',
        {
          fields: { parentId: 'must be the id of a root message' },
        },
      );
    }
    return ok(root);
  }

  /** The message of this id; `not_found` if it was deleted. */
  #undeleted(id: string): Result<Message> {
    const message = this.#store.messages.plainById(id);
    return message && message.deletedAt === undefined ? ok(message) : noSuchMessage();
  }

  /** `conflict` if one more reaction would exceed a limit of the message or of the user. */
  #withinLimits(seq: number, emoji: string, userId: string): Result<null> {
    const { reactions } = this.#store.messages;
    const counts = reactions.countOf(seq, userId);
    if (counts.all >= REACTIONS_IN_ALL) {
      return fail(
        'conflict',
        `This message already has ${REACTIONS_IN_ALL} reactions, the most that a message can have.`,
      );
    }
    if (counts.own >= REACTIONS_PER_PERSON) {
      return fail(
        'conflict',
        `You can react to a message with ${REACTIONS_PER_PERSON} emoji. Remove one first.`,
      );
    }
    if (counts.emoji >= REACTIONS_PER_MESSAGE && reactions.count(seq, emoji) === 0) {
      return fail(
        'conflict',
        `This message already has ${REACTIONS_PER_MESSAGE} different reactions. Use one of them.`,
      );
    }
    return ok(null);
  }

  #read(seq: number): Message {
    const message = this.#store.messages.bySeq(seq);
    if (!message) throw new Error('a message that was just written is not there');
    return message;
  }
}

function noSuchMessage() {
  return fail('not_found', 'There is no such message in this group. It may have been deleted.');
}
