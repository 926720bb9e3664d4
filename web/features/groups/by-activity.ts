import type { InboxEntry } from '../../../protocol/rest.ts';

/** The order of messengers: by the last message of a group, or its creation without one; the latest first. */
export function byActivity(a: InboxEntry, b: InboxEntry): number {
  return activeAt(b) - activeAt(a);
}

function activeAt({ group, last }: InboxEntry): number {
  return last?.at ?? group.createdAt;
}
