import { Link } from 'wouter';
import { useSharedGroups } from '../../api/users.ts';
import { Notice } from '../../ui/notice.tsx';

/** The groups that someone and I are both in. */
export function SharedGroups({ userId, onOpen }: { userId: string; onOpen: () => void }) {
  const groups = useSharedGroups(userId);
  if (groups.failure) return <Notice>{groups.failure.detail}</Notice>;
  if (!groups.data) return null;
  return (
    <section aria-label="Groups you share">
      <h3 className="mb-1 text-meta font-semibold text-muted">Groups you share</h3>
      {groups.data.length === 0 && <p className="text-secondary text-muted">None yet.</p>}
      <ul className="flex flex-wrap gap-1.5">
        {groups.data.map(({ id, name }) => (
          <li key={id}>
            <Link
              className="flex min-h-8 items-center rounded-pill px-3 text-secondary text-strong outline-1 -outline-offset-1 outline-outline hover:bg-hover"
              href={`/g/${id}`}
              onClick={onOpen}
            >
              <bdi>{name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
