/** Replaces the composer in an archived group. */
export function ArchivedNote() {
  return (
    <p className="px-(--row-gutter) pt-2 pb-[max(1rem,env(safe-area-inset-bottom))] text-secondary text-muted">
      This group is archived. You can read it, but not write in it.
    </p>
  );
}
