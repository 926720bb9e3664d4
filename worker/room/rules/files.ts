import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { groupIdOfFile } from '../../../protocol/file-id.ts';
import type { FileChange } from '../../../protocol/file-requests.ts';
import type { FileReference, Message } from '../../../protocol/models.ts';
import type { FileQuery } from '../../file-query.ts';
import type { FileListPage, NewFile } from '../room-rpc.ts';
import { referenceOf, type StoredFile } from '../rows/file-rows.ts';
import type { RoomStore } from '../rows/room-store.ts';
import {
  type FileFault,
  pictureFailure,
  unusableAttachments,
  unusablePicture,
} from './file-faults.ts';
import { memberWhoMay, memberWhoMayWrite } from './permissions.ts';
import { leaveTombstone } from './tombstone.ts';
import type { Writer } from './writer.ts';

/** What the rules of files need from outside. */
export interface FileEffects {
  /** A row that only its uploader may see has changed, without a rev. */
  moved(): void;
  /** A file waits for its message since now. */
  waiting(): void;
  /** Bytes are to be erased. */
  gone(): void;
}

/** What an edit leaves of the files of a message. */
export interface EditedFiles {
  attachments: FileReference[];
  isChanged: boolean;
}

/**
 * The rules of files: who may see, send, change and remove them. A message names only files of its author that were not sent
 * yet, and each file is sent once.
 */
export class Files {
  readonly #writer: Writer;
  readonly #store: RoomStore;
  readonly #effects: FileEffects;

  constructor(writer: Writer, effects: FileEffects) {
    this.#writer = writer;
    this.#store = writer.store;
    this.#effects = effects;
  }

  /** Whether the user may upload. It takes what sending takes. */
  mayUpload(userId: string): Result<null> {
    const member = memberWhoMayWrite(this.#store, userId, 'send');
    if (!member.ok) return member;
    // Sessions end with an account, but an upload may still be on its way.
    if (member.value.user.deactivatedAt === undefined) return ok(null);
    return fail('forbidden', 'This account was deleted.');
  }

  /** Takes a finished upload. A repeat of the id is answered with the file that is there. */
  add(file: NewFile): Result<FileReference> {
    const existing = this.#store.files.find(file.id);
    if (existing) {
      const isTheirs = existing.userId === file.userId && existing.goneAt === null;
      return isTheirs ? ok(referenceOf(existing)) : noSuchFile();
    }
    if (groupIdOfFile(file.id) !== this.#store.groupId) return noSuchFile();
    const uploader = this.mayUpload(file.userId);
    if (!uploader.ok) return uploader;
    const { id, userId, name, type, size, etag, ...metadata } = file;
    const uploadedAt = this.#writer.effects.clock();
    const place = { messageSeq: null, goneAt: null };
    const stored = { id, userId, name, type, size, etag, uploadedAt, metadata, ...place };
    this.#store.files.add(stored);
    this.#effects.waiting();
    this.#effects.moved();
    return ok(referenceOf(stored));
  }

  /** A file, for members; one that was not sent yet only for its uploader. */
  file(userId: string, id: string): Result<StoredFile> {
    const member = memberWhoMay(this.#store, userId, 'read');
    if (!member.ok) return member;
    const file = this.#store.files.find(id);
    if (!file || file.goneAt !== null) return noSuchFile();
    return this.#isUsed(file) || file.userId === userId ? ok(file) : noSuchFile();
  }

  /** Renames or describes a file of the user that was not sent yet. */
  change(userId: string, id: string, { name, alt }: FileChange): Result<FileReference> {
    const own = this.#unsent(userId, id);
    if (!own.ok) return own;
    const { alt: before, ...metadata } = own.value.metadata;
    const described = alt ?? before ?? '';
    const changed = {
      ...own.value,
      name: name ?? own.value.name,
      metadata: { ...metadata, ...(described !== '' && { alt: described }) },
    };
    this.#store.files.describe(changed);
    this.#effects.moved();
    return ok(referenceOf(changed));
  }

  /** Removes a file of the user that was not sent yet. Twice is harmless. */
  remove(userId: string, id: string): Result<null> {
    const member = memberWhoMay(this.#store, userId, 'read');
    if (!member.ok) return member;
    const file = this.#store.files.find(id);
    if (!file || (file.goneAt !== null && file.userId === userId)) return ok(null);
    const own = this.#unsent(userId, id);
    if (!own.ok) return own;
    this.#store.files.setGone([id], this.#writer.effects.clock());
    this.#effects.gone();
    this.#effects.moved();
    return ok(null);
  }

  /** A page of sent files, the newest message first. */
  list(userId: string, query: FileQuery): Result<FileListPage> {
    const member = memberWhoMay(this.#store, userId, 'read');
    if (!member.ok) return member;
    const found = this.#store.files.sent({ ...query, limit: query.limit + 1 });
    const page = found.slice(0, query.limit);
    const last = found.length > query.limit ? page.at(-1) : undefined;
    const items = page.map(({ messageId, seq, parentId, ...file }) => ({
      file: referenceOf(file),
      messageId,
      seq,
      ...(parentId !== undefined && { parentId }),
    }));
    return ok({
      items,
      users: this.#store.members.users(new Set(page.map((file) => file.userId))),
      ...(last && { next: { seq: last.seq, id: last.id } }),
    });
  }

  /** The files that a message of this author may be sent with, in the order of `ids`. */
  sendable(userId: string, ids: readonly string[]): Result<FileReference[]> {
    if (ids.length === 0) return ok([]);
    const files = new Map(this.#store.files.among(ids).map((file) => [file.id, file]));
    const attachments: FileReference[] = [];
    for (const id of ids) {
      const file = files.get(id);
      const usable = this.#usable(file, userId);
      if (!usable.ok) return unusableAttachments(usable.fault);
      attachments.push(referenceOf(usable.file));
    }
    return ok(attachments);
  }

  /** The files of a message after an edit: those it has, unless the edit lists others, of which the new ones must be sendable. */
  edited(
    { userId, attachments: before = [] }: Message,
    ids: readonly string[] | undefined,
  ): Result<EditedFiles> {
    if (ids === undefined) return ok({ attachments: before, isChanged: false });
    const kept = new Map(before.map((file) => [file.id, file]));
    const added = this.sendable(
      userId,
      ids.filter((id) => !kept.has(id)),
    );
    if (!added.ok) return added;
    const all = new Map([...kept, ...added.value.map((file) => [file.id, file] as const)]);
    const attachments = ids.flatMap((id) => all.get(id) ?? []);
    const isChanged =
      ids.length !== before.length || ids.some((id, place) => before[place]?.id !== id);
    return ok({ attachments, isChanged });
  }

  /** Within the commit of a message: these files are sent with it. */
  sent(files: readonly FileReference[], seq: number): void {
    for (const { id } of files) this.#store.files.setSent(id, seq);
  }

  /** Within the commit of an edit or a deletion: the message has these files now, and its others are gone. */
  replaced({ seq, attachments: before = [] }: Message, after: readonly FileReference[]): void {
    const [had, has] = [before, after].map((files) => new Set(files.map(({ id }) => id)));
    this.sent(
      after.filter(({ id }) => !had?.has(id)),
      seq,
    );
    const gone = before.flatMap(({ id }) => (has?.has(id) ? [] : id));
    if (gone.length === 0) return;
    this.#store.files.setGone(gone, this.#writer.effects.clock());
    this.#writer.afterCommit(() => this.#effects.gone());
  }

  /** Whether the user may make this file the picture of the group. It may be the picture already; null is none. */
  picture(userId: string, id: string | null | undefined): Result<null> {
    if (id === undefined || id === null || id === this.#store.imageId()) return ok(null);
    const usable = this.#usable(this.#store.files.find(id), userId);
    if (!usable.ok) return unusablePicture(usable.fault);
    return pictureFailure(usable.file) ?? ok(null);
  }

  /** Within the commit of a change of the group, which had the picture `before`: if it has another one now, that is gone. */
  pictureChanged(before: string | undefined): void {
    if (before === undefined || before === this.#store.imageId()) return;
    this.#store.files.setGone([before], this.#writer.effects.clock());
    this.#writer.afterCommit(() => this.#effects.gone());
  }

  /** Lets the mirror write these files once more. Returns those that are there. */
  mirrorAgain(ids: readonly string[]): string[] {
    const present = this.#store.files.among(ids).filter(({ goneAt }) => goneAt === null);
    const found = present.map(({ id }) => id);
    this.#store.files.setUnmirrored(found);
    this.#effects.moved();
    return found;
  }

  /** All files of a user are gone. Their messages lose them later, in pieces (`withdraw`). */
  eraseOf(userId: string): void {
    this.#store.files.setGoneOf(userId, this.#writer.effects.clock());
    this.#effects.gone();
    this.#effects.moved();
  }

  /**
   * Takes files that are gone out of the messages that still have them, the oldest message first, and from the group. A message
   * without anything else is deleted.
   */
  withdraw(gone: readonly StoredFile[]): void {
    const ids = new Set(gone.map(({ id }) => id));
    this.#withdrawPicture(ids);
    const seqs = new Set(gone.flatMap(({ messageSeq }) => messageSeq ?? []));
    for (const seq of [...seqs].sort((a, b) => a - b)) {
      const message = this.#store.messages.bySeq(seq);
      const kept = message?.attachments?.filter(({ id }) => !ids.has(id));
      if (!message || !kept || kept.length === message.attachments?.length) continue;
      this.#writer.commit((publish) => {
        if (kept.length === 0 && message.content === '') {
          leaveTombstone(this.#writer, message, publish);
          return;
        }
        const rev = this.#store.nextRev();
        this.#store.messages.keepFiles(message.seq, rev, kept);
        const { attachments: _, ...rest } = message;
        const files = kept.length > 0 && { attachments: kept };
        publish({ type: 'message_update', rev, message: { ...rest, rev, ...files } });
      });
    }
  }

  #withdrawPicture(gone: ReadonlySet<string>): void {
    const imageId = this.#store.imageId();
    if (imageId === undefined || !gone.has(imageId)) return;
    this.#writer.commit((publish) => {
      const rev = this.#store.nextRev();
      const { archivedAt = null, ...group } = this.#store.group();
      this.#store.changeGroup({ ...group, archivedAt, imageId: null }, rev);
      publish({ type: 'group_update', rev, group: this.#store.group() });
    });
  }

  /** The file of this id, if the user uploaded it and did not send it yet. */
  #unsent(userId: string, id: string): Result<StoredFile> {
    const file = this.file(userId, id);
    if (!file.ok) return file;
    if (file.value.userId !== userId) {
      return fail('forbidden', 'Only who uploaded a file can change or remove it.');
    }
    if (!this.#isUsed(file.value)) return file;
    if (file.value.messageSeq === null) {
      return fail('conflict', 'This file is the picture of the group. Change the group instead.');
    }
    return fail('conflict', 'This file was sent already. Edit or delete its message instead.');
  }

  /** Whether a message has the file, or it is the picture of the group: members may see it then, and it is not used again. */
  #isUsed({ id, messageSeq }: StoredFile): boolean {
    return messageSeq !== null || id === this.#store.imageId();
  }

  /** The file, if the user may use it: for a message, or as the picture of the group. */
  #usable(
    file: StoredFile | undefined,
    userId: string,
  ): { ok: true; file: StoredFile } | { ok: false; fault: FileFault } {
    if (!file || file.goneAt !== null) return { ok: false, fault: 'gone' };
    const isUsed = this.#isUsed(file);
    // Nobody else learns of a file that is not used.
    if (file.userId !== userId) return { ok: false, fault: isUsed ? 'theirs' : 'gone' };
    return isUsed ? { ok: false, fault: 'used' } : { ok: true, file };
  }
}

function noSuchFile() {
  return fail('not_found', 'There is no such file in this group. It may have been deleted.');
}
