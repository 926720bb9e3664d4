import type { Message, Reaction } from '../../../protocol/models.ts';
import { isCut, type ReactionChange } from '../message.ts';
import type { RowEvent } from '../replica/message-window.ts';

/**
 * My reactions to messages that list only the latest hundred of more: those that were fetched, and those of this visit.
 */
export class MyReactions {
  readonly #me: string;
  /** By message and emoji. */
  readonly #known = new Map<string, Map<string, boolean>>();
  /** Messages whose reactions are completely known. */
  readonly #asked = new Set<string>();
  /** Messages whose reactions are being fetched, with the changes that arrived meanwhile and may be newer. */
  readonly #meanwhile = new Map<string, ReactionChange[]>();
  /** The messages as they are shown, until more becomes known. */
  #shown = new WeakMap<Message, Message>();

  constructor(me: string) {
    this.#me = me;
  }

  /** Whether all reactions of the message are known. Those of an earlier connection may have changed since. */
  knows(messageId: string): boolean {
    return this.#asked.has(messageId);
  }

  /** Whether I reacted with this emoji, as far as is known. */
  has(messageId: string, emoji: string): boolean {
    return this.#known.get(messageId)?.get(emoji) === true;
  }

  /** The reactions of the message are being fetched. */
  ask(messageId: string): void {
    this.#meanwhile.set(messageId, []);
  }

  /** Takes everyone who reacted; undefined if the request failed. */
  answer(messageId: string, reactions: readonly Reaction[] | undefined): void {
    const meanwhile = this.#meanwhile.get(messageId) ?? [];
    this.#meanwhile.delete(messageId);
    if (!reactions) return;
    this.#asked.add(messageId);
    const mine = reactions.filter(({ userIds }) => userIds.includes(this.#me));
    this.#known.set(messageId, new Map(mine.map(({ emoji }) => [emoji, true])));
    for (const change of meanwhile) this.#note(messageId, change);
    this.#shown = new WeakMap();
  }

  /** Takes a change of rows. */
  applied(event: RowEvent): void {
    if (event.type !== 'reaction_update' || event.userId !== this.#me) return;
    this.#note(event.id, event);
    this.#meanwhile.get(event.id)?.push(event);
    this.#shown = new WeakMap();
  }

  /** Forgets everything: changes may have been missed. */
  forget(): void {
    this.#known.clear();
    this.#asked.clear();
    this.#shown = new WeakMap();
  }

  /** Adds me to the users of the message's reactions, where I am known to have reacted and am not listed. */
  withMine(message: Message): Message {
    if (!this.#known.has(message.id) || !message.reactions?.some(isCut)) return message;
    const shown = this.#shown.get(message) ?? this.#adding(message, message.reactions);
    this.#shown.set(message, shown);
    return shown;
  }

  #adding(message: Message, reactions: readonly Reaction[]): Message {
    const added = reactions.map((it) => {
      const isMissing =
        isCut(it) && this.has(message.id, it.emoji) && !it.userIds.includes(this.#me);
      return isMissing ? { ...it, userIds: [this.#me, ...it.userIds] } : it;
    });
    return added.some((it, n) => it !== reactions[n]) ? { ...message, reactions: added } : message;
  }

  #note(messageId: string, { emoji, op }: ReactionChange): void {
    const known = this.#known.get(messageId) ?? new Map<string, boolean>();
    known.set(emoji, op === 'add');
    this.#known.set(messageId, known);
  }
}
