/** In place of a player whose file the browser cannot play. */
export function CannotPlay() {
  return (
    <p className="p-2 text-meta text-muted">
      It cannot be played here. It may have been deleted, or be of a kind that this browser does not
      know.
    </p>
  );
}
