import type { DemoGroup } from './demo-group.ts';

/** A private group of friends who plan a day. */
export const WEEKEND_HIKE: DemoGroup = {
  key: 'weekend-hike',
  named: {
    name: 'Weekend hike',
    topic: 'Saturday, 9:00, north entrance of the station. Bring water!',
    visibility: 'private',
  },
  members: ['Margaret', 'Ada', 'Grace', 'Linus', 'Alan'],
  read: [
    {
      by: 'Margaret',
      text: 'Saturday will be sunny ☀️ Where shall we go? React with ⛰️ for the ridge, or with 🚲 for the lake.',
      pinnedBy: 'Margaret',
      reactions: { '⛰️': ['Ada', 'Linus', 'Alan'], '🚲': ['Grace'] },
    },
    {
      by: 'Alan',
      text: 'The ridge! I shall run ahead and keep us a table.',
      reactions: { '😂': ['Ada', 'Margaret'] },
    },
    {
      by: 'Grace',
      text: `The ridge it is, then. I bring:

- a map *and* a compass
- sandwiches for five
- ~~an umbrella~~ optimism`,
      reactions: { '❤️': ['Ada', 'Linus', 'Margaret', 'Alan'] },
      replies: [
        { by: 'Ada', text: 'One without ham for me, please.' },
        { by: 'Grace', text: 'Packed already: cheese, and the good mustard.' },
      ],
    },
    { by: 'Linus', text: '🥪🥪🥪' },
  ],
  unread: [
    { by: 'Margaret', text: '@Linus, @Alan: the thermos flasks this time, please 🫖' },
    { by: 'Grace', text: 'Or cold tea with a view, again.', reactions: { '😂': ['Margaret'] } },
  ],
};
