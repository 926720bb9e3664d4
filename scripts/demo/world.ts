import { BOOK_CLUB, CONVERSATIONS } from './conversations.ts';
import type { DemoGroup } from './demo-group.ts';
import { ENGINE_ROOM } from './engine-room.ts';
import { WEEKEND_HIKE } from './weekend-hike.ts';
import { WELCOME } from './welcome.ts';

/** The groups of the demo world that are made at the same time. */
export const GROUPS: readonly DemoGroup[] = [
  ENGINE_ROOM,
  WEEKEND_HIKE,
  BOOK_CLUB,
  ...CONVERSATIONS,
];

/** Made last: the front page leads to the group with the latest message. */
export const FIRST_SEEN: DemoGroup = WELCOME;
