import type { DemoGroup } from './demo-group.ts';

/** Direct groups of two, in a circle: everyone has two of them, and something new in one. */
export const CONVERSATIONS: readonly DemoGroup[] = [
  {
    key: 'ada-grace',
    members: ['Ada', 'Grace'],
    read: [
      { by: 'Ada', text: 'Did you see my note about the compiler?' },
      { by: 'Grace', text: 'I did. We call it `A-0`. Nobody liked my other name for it.' },
      { by: 'Ada', text: 'Which was…?', reactions: { '😄': ['Grace'] } },
    ],
    unread: [{ by: 'Grace', text: 'I will tell you over tea. Tomorrow at four? ☕' }],
  },
  {
    key: 'grace-margaret',
    members: ['Grace', 'Margaret'],
    read: [
      { by: 'Grace', text: 'Your talk was wonderful. The slide with the stack of listings!' },
      {
        by: 'Margaret',
        text: 'Thank you! It was taller than I am.',
        reactions: { '😂': ['Grace'] },
      },
    ],
    unread: [{ by: 'Margaret', text: 'May I send you a draft of the next one tonight?' }],
  },
  {
    key: 'margaret-linus',
    members: ['Margaret', 'Linus'],
    read: [
      { by: 'Margaret', text: 'Can the alarm 1202 wait until after the landing?' },
      { by: 'Linus', text: 'It has to. I set the priorities as you said.' },
    ],
    unread: [{ by: 'Linus', text: 'It did wait. All quiet now ✅' }],
  },
  {
    key: 'linus-alan',
    members: ['Linus', 'Alan'],
    read: [
      { by: 'Linus', text: 'How was the race?' },
      { by: 'Alan', text: '2:46. The legs halted before the problem did.' },
      { by: 'Linus', text: '🏃‍♂️', reactions: { '❤️': ['Alan'] } },
    ],
    unread: [{ by: 'Alan', text: 'Chess on Sunday? You may have the white pieces.' }],
  },
  {
    key: 'alan-ada',
    members: ['Alan', 'Ada'],
    read: [
      { by: 'Alan', text: 'I read your notes again. Note G still holds.' },
      { by: 'Ada', text: 'After all these years! Did you run it?', reactions: { '🙂': ['Alan'] } },
    ],
    unread: [{ by: 'Ada', text: 'If you find a mistake in it, tell me before you tell Charles.' }],
  },
];

/** A direct group of three. */
export const BOOK_CLUB: DemoGroup = {
  key: 'book-club',
  members: ['Ada', 'Grace', 'Margaret'],
  read: [
    { by: 'Margaret', text: 'What do we read next?' },
    { by: 'Grace', text: 'Something with a ship in it.' },
    {
      by: 'Ada',
      text: 'Then I bring *The Left Hand of Darkness*, and you two tell me where the ship is.',
      reactions: { '📚': ['Grace', 'Margaret'] },
    },
  ],
  unread: [],
};
