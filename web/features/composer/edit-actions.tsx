import { classes } from '../../ui/classes.ts';

const ACTION = 'min-h-6 rounded-small px-1.5 font-medium underline-offset-2 hover:underline';

/** The buttons under an edited message, and the reason why it cannot be saved. */
export function EditActions({
  id,
  canSave,
  over,
  isRestored,
  onCancel,
  onStartOver,
}: {
  id: string;
  canSave: boolean;
  /** By how many characters the text is too long. */
  over: number;
  /** The text was restored from an earlier visit. */
  isRestored: boolean;
  onCancel: () => void;
  onStartOver: () => void;
}) {
  return (
    <p className="mt-0.5 flex flex-wrap items-center gap-x-1 text-meta text-muted" id={id}>
      <button className={classes(ACTION, 'text-muted')} onClick={onCancel} type="button">
        Cancel
      </button>
      <button
        className={classes(ACTION, 'text-accent-text disabled:opacity-55')}
        disabled={!canSave}
        type="submit"
      >
        Save
      </button>
      {over > 0 ? (
        <span className="text-danger">{over.toLocaleString()} characters too long</span>
      ) : (
        <span className="max-desktop:hidden">Esc cancels, Enter saves</span>
      )}
      {isRestored && (
        <>
          <span>· This is your unfinished edit.</span>
          <button className={classes(ACTION, 'text-muted')} onClick={onStartOver} type="button">
            Start over
          </button>
        </>
      )}
    </p>
  );
}
