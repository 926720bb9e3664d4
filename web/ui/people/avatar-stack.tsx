import { Avatar, type AvatarPerson } from './avatar.tsx';

/** The avatars of a group's first few people, overlapping. Decorative: the count stands beside it. */
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
