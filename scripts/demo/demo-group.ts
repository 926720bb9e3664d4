import type { NewNamedGroup } from '../../protocol/rest-requests.ts';

/** The people of the demo world, whom the welcome page offers to continue as. */
export const DEMO_NAMES = ['Ada', 'Grace', 'Linus', 'Margaret', 'Alan'] as const;
export type DemoName = (typeof DEMO_NAMES)[number];

/** One message. `@Ada` in its text mentions Ada, `@all` everyone. */
export interface DemoMessage {
  by: DemoName;
  text: string;
  pinnedBy?: DemoName;
  /** The emoji, and who reacts with it. */
  reactions?: Readonly<Record<string, readonly DemoName[]>>;
  replies?: readonly DemoReply[];
}

/** A reply in the thread of a message. */
export interface DemoReply extends Omit<DemoMessage, 'pinnedBy' | 'replies'> {
  alsoToGroup?: true;
}

/** A group and what is said in it. */
export interface DemoGroup {
  /** The key of the request that creates it, and part of the ids of its messages. */
  key: string;
  /** Undefined for a direct group. */
  named?: Pick<NewNamedGroup, 'name' | 'topic' | 'visibility'>;
  /** The first one creates it. */
  members: readonly [DemoName, ...DemoName[]];
  /** What everyone has read. */
  read: readonly DemoMessage[];
  /** What is new to everyone but its author. */
  unread: readonly DemoMessage[];
}
