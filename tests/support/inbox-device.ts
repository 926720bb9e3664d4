import { PING } from '../../protocol/limits.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import type { InboxSocket, Person } from './person.ts';

/** An entry as a device shows it; the parts that never came are absent. */
export type ShownEntry = { [Key in keyof InboxEntry]?: InboxEntry[Key] | undefined };

/** One device of a person, whose page keeps the user's own socket open. */
export class InboxDevice {
  readonly person: Person;
  #socket: InboxSocket | undefined;

  constructor(person: Person) {
    this.person = person;
  }

  get isOpen(): boolean {
    return this.#socket !== undefined;
  }

  async open(): Promise<void> {
    if (this.#socket) return;
    this.#socket = await this.person.connectInbox();
    await this.#socket.until('the state', () => this.#socket?.events[0]);
  }

  async close(): Promise<void> {
    const socket = this.#socket;
    this.#socket = undefined;
    await socket?.close();
  }

  /** Gives the sign of life without which the server takes the device for gone. */
  ping(): void {
    this.#socket?.sendText(PING);
  }

  /** Disappears without a close frame, as a laptop whose lid is closed. */
  drop(): void {
    this.#socket?.terminate();
    this.#socket = undefined;
  }

  /** What the device shows of each group. Throws if an event was lost. */
  entries(): Map<string, ShownEntry> {
    const shown = new Map<string, ShownEntry>();
    for (const [at, event] of (this.#socket?.events ?? []).entries()) {
      if (event.type === 'error') throw new Error(`the Inbox refused: ${event.message}`);
      if (event.n !== at + 1) throw new Error(`event ${at + 1} has the number ${event.n}`);
      if (event.type === 'inbox_state') {
        for (const entry of event.groups) shown.set(entry.group.id, entry);
      } else if (event.type === 'inbox_remove') {
        shown.delete(event.groupId);
      } else if (event.type === 'inbox_update') {
        const { groupId, mutedUntil, last, presence, favourite, ...changed } = event.entry;
        shown.set(groupId, {
          ...shown.get(groupId),
          ...changed,
          ...(mutedUntil !== undefined && { mutedUntil: mutedUntil ?? undefined }),
          ...(presence !== undefined && { presence: presence ?? undefined }),
          ...(favourite !== undefined && { favourite: favourite ?? undefined }),
          ...(last !== undefined && { last: last ?? undefined }),
        });
      }
    }
    return shown;
  }
}
