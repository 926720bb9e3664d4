import { Archive } from 'lucide-react';
import { nameOf } from './by-name.ts';
import { type ListedGroup, spokenAs } from './listed-group.ts';

/** The name of a group in the list. Screen readers read with it what the rest of the row shows. */
export function GroupName({ listed, className }: { listed: ListedGroup; className: string }) {
  const spoken = spokenAs(listed);
  return (
    <>
      {spoken !== undefined && <span className="sr-only">{spoken}</span>}
      <bdi aria-hidden={spoken !== undefined} className={className}>
        {nameOf(listed)}
      </bdi>
      {listed.group.archivedAt && (
        <Archive aria-hidden="true" className="shrink-0 text-muted" size={14} />
      )}
    </>
  );
}
