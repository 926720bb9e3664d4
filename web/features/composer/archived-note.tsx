/** Stands where one would write, in a group that is archived. */
export function ArchivedNote() {
  return (
    <p className="px-(--row-gutter) pt-2 pb-[max(1rem,env(safe-area-inset-bottom))] text-secondary text-muted">
      This group is archived. It can be read, and nobody can write in it.
    </p>
  );
}
