import type { DemoGroup } from './demo-group.ts';

/** A group at work: code, a thread that solves a problem, a table, a pinned list. */
export const ENGINE_ROOM: DemoGroup = {
  key: 'engine-room',
  named: {
    name: 'Engine room',
    topic: 'Building, breaking and mending things',
    visibility: 'public',
  },
  members: ['Ada', 'Grace', 'Linus', 'Margaret', 'Alan'],
  read: [
    {
      by: 'Margaret',
      text: `Before we release:

1. \`npm test\` is green
2. the notes say what changed for *people*, not for us
3. somebody who did not write it has clicked through it`,
      pinnedBy: 'Margaret',
      reactions: { '✅': ['Ada', 'Grace', 'Linus', 'Alan'] },
    },
    {
      by: 'Ada',
      text: `The loom simulator loses a card now and then. Every 4,096th, to be exact 🤔

\`\`\`ts
const BATCH = 4_096;

/** Yields the cards of a deck, a batch at a time. */
export function* cardsOf(deck: readonly Card[]): Generator<Card> {
  for (let at = 0; at < deck.length; at += BATCH) {
    yield* deck.slice(at, at + BATCH - 1);
  }
}
\`\`\``,
      reactions: { '👀': ['Grace', 'Linus'] },
      replies: [
        { by: 'Linus', text: 'Such a round number is never an accident.' },
        {
          by: 'Grace',
          text: '`slice` leaves out its end already. The `- 1` drops the last card of every batch.',
          reactions: { '💡': ['Ada', 'Linus', 'Alan'] },
        },
        {
          by: 'Ada',
          text: 'Of course! Mended, with a test that every card of a deck comes out once.',
          alsoToGroup: true,
          reactions: { '🎉': ['Grace', 'Linus', 'Margaret'] },
        },
        { by: 'Grace', text: 'And no moth was harmed 🦋' },
      ],
    },
    {
      by: 'Alan',
      text: `Last night's run, before and after:

| Cards | Before | After |
|---:|---:|---:|
| 10,000 | 12 ms | 9 ms |
| 100,000 | 131 ms | 84 ms |
| 1,000,000 | 1.4 s | 0.8 s |`,
      reactions: { '🚀': ['Ada', 'Linus', 'Margaret', 'Grace'] },
    },
  ],
  unread: [
    { by: 'Alan', text: '@Margaret your list is ticked off, you have the last word 🙏' },
    {
      by: 'Linus',
      text: '@Ada, @Grace: ten million cards on my machine, and none is missing. Could one of you read the release notes before lunch?',
      reactions: { '👍': ['Margaret'] },
    },
    { by: 'Margaret', text: 'I have begun, with a pencil. So far I like every line ✏️' },
  ],
};
