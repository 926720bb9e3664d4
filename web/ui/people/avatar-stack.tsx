import { Avatar, type AvatarPerson } from './avatar.tsx';

/** The first few of a group's people, overlapping. Decoration: the count stands beside it. */
export function AvatarStack({
  people,
  most = 3,
}: {
  people: readonly AvatarPerson[];
  most?: number;
}) {
  return (
    <span aria-hidden="true" className="flex -space-x-1.5">
      {people.slice(0, most).map((person) => (
        <Avatar className="ring-2 ring-canvas" key={person.id} person={person} size="small" />
      ))}
    </span>
  );
}
