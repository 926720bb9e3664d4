/** Everything below is new to me. */
export function NewDivider() {
  return (
    <div className="flex items-center gap-3 px-(--row-gutter) pt-3 pb-0.5 text-meta font-semibold text-danger">
      <span className="h-px flex-1 bg-danger" />
      New
    </div>
  );
}
