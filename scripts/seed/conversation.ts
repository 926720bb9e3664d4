import { v7 as uuidv7 } from 'uuid';
import type { FrameOf } from '../../protocol/client-frames.ts';
import type { SeededRandom } from '../../tests/support/seeded-random.ts';
import { PHRASES, REACTIONS } from './phrases.ts';

/** One frame of one person. `about` is the id of an earlier message that it needs. */
export interface Turn {
  /** The index of the person. */
  by: number;
  frame: FrameOf<'message'> | FrameOf<'edit_message'> | FrameOf<'reaction'>;
  about?: string;
}

/** Replies go to one of the last root messages. */
const REMEMBERED = 40;
const REPLY_SHARE = 0.18;
const REACTION_SHARE = 0.2;
const EDIT_SHARE = 0.03;
const MENTION_SHARE = 0.05;
const ALSO_TO_GROUP_SHARE = 0.1;
/** How often the same person speaks again. */
const SAME_PERSON_SHARE = 0.45;

/** Generates an endless conversation: messages, replies, reactions and edits. */
export function* conversation(random: SeededRandom, userIds: readonly string[]): Generator<Turn> {
  const roots: { id: string; by: number }[] = [];
  let by = 0;
  for (;;) {
    if (!random.chance(SAME_PERSON_SHARE)) by = random.below(userIds.length);
    const root = random.chance(REPLY_SHARE) ? random.pick(roots) : undefined;
    const id = uuidv7();
    const content = words(random, userIds);
    yield root
      ? { by, frame: reply(random, id, content, root.id), about: root.id }
      : { by, frame: { type: 'message', id, content } };
    if (!root) roots.push({ id, by });
    if (roots.length > REMEMBERED) roots.shift();
    if (random.chance(EDIT_SHARE)) {
      const edited = `${content}\n\nAnd one more thing: ${random.one(PHRASES)}`;
      yield { by, frame: { type: 'edit_message', id, content: edited }, about: id };
    }
    if (random.chance(REACTION_SHARE)) yield* reactions(random, id, userIds.length);
  }
}

function reply(
  random: SeededRandom,
  id: string,
  content: string,
  parentId: string,
): FrameOf<'message'> {
  const alsoToGroup = random.chance(ALSO_TO_GROUP_SHARE);
  return { type: 'message', id, content, parentId, ...(alsoToGroup && { alsoToGroup }) };
}

/** One or more people react once each. */
function* reactions(random: SeededRandom, id: string, people: number): Generator<Turn> {
  const first = random.below(people);
  const count = 1 + random.below(people);
  for (let n = 0; n < count; n++) {
    const emoji = random.one(REACTIONS);
    yield {
      by: (first + n) % people,
      frame: { type: 'reaction', id, emoji, op: 'add' },
      about: id,
    };
  }
}

function words(random: SeededRandom, userIds: readonly string[]): string {
  const phrase = random.one(PHRASES);
  return random.chance(MENTION_SHARE) ? `<@${random.one(userIds)}> ${phrase}` : phrase;
}
