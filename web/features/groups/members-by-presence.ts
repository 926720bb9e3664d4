import type { Member, PresenceState } from '../../../protocol/models.ts';

/** The members under one heading. */
export interface MemberSection {
  title: string;
  people: Member[];
}

const SECTIONS: readonly { title: string; states: readonly PresenceState[] }[] = [
  { title: 'Online', states: ['online', 'dnd'] },
  { title: 'Away', states: ['away'] },
  { title: 'Offline', states: ['offline'] },
];

/** Groups members by whether they are present, in the order given; omits empty headings. */
export function membersByPresence(
  members: readonly Member[],
  presence: ReadonlyMap<string, PresenceState>,
): MemberSection[] {
  return SECTIONS.map(({ title, states }) => ({
    title,
    people: members.filter(({ userId }) => states.includes(presence.get(userId) ?? 'offline')),
  })).filter(({ people }) => people.length > 0);
}
