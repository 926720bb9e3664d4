import { ok, type Result } from '../../../protocol/errors.ts';
import type { Group, SystemKind, SystemLine } from '../../../protocol/models.ts';
import { DIRECT_ROLE } from '../../../protocol/permissions.ts';
import type { GroupChange } from '../../../protocol/rest-requests.ts';
import type { GroupCreation } from '../room-rpc.ts';
import type { GroupValues } from '../rows/room-store.ts';
import { admit } from './admit.ts';
import type { Files } from './files.ts';
import { memberWhoMay } from './permissions.ts';
import type { Writer } from './writer.ts';

/** The rules of the group itself: its creation, name, topic, visibility, picture, archive and deletion. */
export class GroupSettings {
  readonly #writer: Writer;
  readonly #files: Files;

  constructor(writer: Writer, files: Files) {
    this.#writer = writer;
    this.#files = files;
  }

  /** Writes a new group with its members and, if it has a name, its first system line. The storage must have tables and hold no group. */
  create(creation: GroupCreation, epoch: string): Group {
    const { store, effects } = this.#writer;
    const { kind = 'group' } = creation;
    const isDirect = kind === 'direct';
    this.#writer.commit((publish) => {
      store.createGroup({
        kind,
        name: creation.name,
        topic: creation.topic,
        visibility: creation.visibility,
        created_by: creation.createdBy.id,
        created_at: effects.clock(),
        archived_at: null,
        deleted_at: null,
        image_id: null,
        rev: 1,
        member_count: 0,
        counter: 1,
        epoch,
        mirrored_directory_rev: 0,
        mirrored_messages_rev: 0,
      });
      publish({ type: 'group_update', rev: 1, group: store.group() });
      admit(this.#writer, creation.createdBy, isDirect ? DIRECT_ROLE : 'owner', publish);
      for (const user of creation.members) {
        if (user.id !== creation.createdBy.id) admit(this.#writer, user, 'member', publish);
      }
      // Nobody is shown a direct group before its first message.
      if (isDirect) return;
      this.#writer.insertSystemLine(
        creation.createdBy.id,
        { kind: 'created', text: creation.name },
        publish,
      );
    });
    return store.group();
  }

  /** The group: for its members and, if it is public, for everyone. */
  group(userId: string): Result<Group> {
    const group = this.#writer.store.group();
    if (group.visibility === 'public') return ok(group);
    const reader = memberWhoMay(this.#writer.store, userId, 'read');
    return reader.ok ? ok(group) : reader;
  }

  /**
   * Changes name, topic, visibility or picture, archives the group or restores it. Members see a line for each. A change to the same
   * values makes no event.
   */
  change(userId: string, change: GroupChange): Result<Group> {
    const { store } = this.#writer;
    const member = memberWhoMay(store, userId, 'change_group');
    if (!member.ok) return member;
    const picture = this.#files.picture(userId, change.imageId);
    if (!picture.ok) return picture;
    const before = store.group();
    const after = {
      name: change.name ?? before.name,
      topic: change.topic ?? before.topic,
      visibility: change.visibility ?? before.visibility,
      archivedAt: this.#archivedAt(before, change.archived),
      imageId: change.imageId === undefined ? (before.imageId ?? null) : change.imageId,
    };
    const lines = linesOf(before, after);
    if (lines.length === 0) return ok(before);
    this.#writer.commit((publish) => {
      const rev = store.nextRev();
      store.changeGroup(after, rev);
      this.#files.pictureChanged(before.imageId);
      publish({ type: 'group_update', rev, group: store.group() });
      for (const line of lines) this.#writer.insertSystemLine(userId, line, publish);
    });
    return ok(store.group());
  }

  /** Deletes the group for everyone, for good. */
  delete(userId: string): Result<null> {
    const { store, effects } = this.#writer;
    const owner = memberWhoMay(store, userId, 'delete_group');
    if (!owner.ok) return owner;
    store.transaction(() => store.erase(effects.clock(), store.nextRev()));
    return ok(null);
  }

  #archivedAt(before: Group, archived: boolean | undefined): number | null {
    if (archived === false) return null;
    if (archived && before.archivedAt === undefined) return this.#writer.effects.clock();
    return before.archivedAt ?? null;
  }
}

/** The lines that say what a change of the group did, one for each changed value. */
function linesOf(
  before: Group,
  { name, topic, visibility, archivedAt, imageId }: GroupValues,
): (SystemLine & { kind: SystemKind })[] {
  return [
    ...(name === before.name ? [] : [{ kind: 'renamed' as const, text: name }]),
    ...(topic === before.topic ? [] : [{ kind: 'topic' as const, text: topic }]),
    ...(visibility === before.visibility
      ? []
      : [{ kind: 'visibility' as const, text: visibility }]),
    ...(imageId === (before.imageId ?? null)
      ? []
      : [{ kind: 'picture' as const, text: imageId === null ? 'removed' : 'changed' }]),
    ...(archivedAt === (before.archivedAt ?? null)
      ? []
      : [{ kind: archivedAt === null ? ('restored' as const) : ('archived' as const) }]),
  ];
}
