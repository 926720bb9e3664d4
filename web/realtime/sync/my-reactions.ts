import type { Message, Reaction } from '../../../protocol/models.ts';
import { isCut, type ReactionChange } from '../message.ts';
import type { RowEvent } from '../replica/row-event.ts';

/**
 * Which reactions are mine where a message names only the latest hundred of more: what I did while this page was open, and
 * what was asked for.
 */
export class MyReactions {
  readonly #me: string;
  /** By message and emoji. */
  readonly #known = new Map<string, Map<string, boolean>>();
  /** All of these messages is known. */
  readonly #asked = new Set<string>();
  /** Of whom the answer is on its way: what I did meanwhile, which may be newer. */
  readonly #meanwhile = new Map<string, ReactionChange[]>();
  /** The messages as they are shown, until something else becomes known. */
  #shown = new WeakMap<Message, Message>();

  constructor(me: string) {
    this.#me = me;
  }

  /** Whether all of the message is known; what was known before may have changed while nothing was heard. */
  knows(messageId: string): boolean {
    return this.#asked.has(messageId);
  }

  /** Whether I reacted so, as far as is known. */
  has(messageId: string, emoji: string): boolean {
    return this.#known.get(messageId)?.get(emoji) === true;
  }

  /** All of the message is asked for. */
  ask(messageId: string): void {
    this.#meanwhile.set(messageId, []);
  }

  /** The answer: everyone who reacted; undefined if it could not be had. */
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

  /** A change of rows was applied. */
  applied(event: RowEvent): void {
    if (event.type !== 'reaction_update' || event.userId !== this.#me) return;
    this.#note(event.id, event);
    this.#meanwhile.get(event.id)?.push(event);
    this.#shown = new WeakMap();
  }

  /** Something may have happened that was not heard. */
  forget(): void {
    this.#known.clear();
    this.#asked.clear();
    this.#shown = new WeakMap();
  }

  /** The message with me among those who reacted, where that is known and it does not say so. */
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
