/** The choice to send a reply to the group's timeline, too. */
export function AlsoToGroup({
  groupName,
  checked,
  onChange,
}: {
  groupName: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className="mt-1.5 flex min-h-6 items-center gap-2 px-1 text-secondary text-muted">
      <input
        checked={checked}
        className="size-4 shrink-0 accent-accent"
        onChange={(event) => onChange(event.target.checked)}
        type="checkbox"
      />
      <span className="truncate">
        Also send to <bdi>{groupName}</bdi>
      </span>
    </label>
  );
}
