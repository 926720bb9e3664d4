import type { Member, PresenceState } from '../../../protocol/models.ts';

/** The members under one heading, or under none. */
export interface MemberSection {
  title?: string;
  people: Member[];
}

/** Who is not in the group may be elsewhere in Edgewise: the last heading says nothing about them. */
const SECTIONS: readonly { title: string; states: readonly (PresenceState | undefined)[] }[] = [
  { title: 'Online', states: ['online', 'dnd'] },
  { title: 'Away', states: ['away'] },
  { title: 'Everyone else', states: ['offline', undefined] },
];

/**
 * Groups members by whether the Room knows them to be present, in the order given; omits empty headings. In a large group, where
 * it only counts them (`presentCount`), they stand under no heading.
 */
export function membersByPresence(
  members: readonly Member[],
  presence: ReadonlyMap<string, PresenceState>,
  presentCount?: number,
): MemberSection[] {
  if (presentCount !== undefined) return [{ people: [...members] }];
  return SECTIONS.map(({ title, states }) => ({
    title,
    people: members.filter(({ userId }) => states.includes(presence.get(userId))),
  })).filter(({ people }) => people.length > 0);
}
