import { classes } from '../../ui/classes.ts';
import { useHasNetwork } from '../../ui/use-has-network.ts';
import { type Choice, keyOf } from './choice.ts';
import { ChoiceRow } from './choice-row.tsx';

/** Choices, below a title if they have one. */
export interface ListPart {
  title?: string;
  choices: readonly Choice[];
}

/** The list box of the switcher's field, `id` followed by `-list`; or why there is nothing in it. */
export function ChoiceList({
  id,
  parts,
  active,
  isAsking,
  onActive,
  onChoose,
}: {
  /** Begins the id of every choice. */
  id: string;
  parts: readonly ListPart[];
  /** The choice that Enter takes. */
  active: Choice | undefined;
  /** The server has not answered yet. */
  isAsking: boolean;
  onActive: (choice: Choice) => void;
  onChoose: (choice: Choice) => void;
}) {
  const hasNetwork = useHasNetwork();
  const isEmpty = active === undefined;
  return (
    <>
      <div
        aria-label="Found"
        className={classes('min-h-0 overflow-y-auto px-2', isEmpty ? 'hidden' : 'flex-1 py-2')}
        id={`${id}-list`}
        role="listbox"
      >
        {parts.map(({ title, choices }) => (
          <div key={title}>
            {title !== undefined && (
              <div
                aria-hidden="true"
                className="px-2.5 pt-3 pb-1 text-meta font-semibold text-muted"
              >
                {title}
              </div>
            )}
            {choices.map((choice) => (
              <ChoiceRow
                choice={choice}
                id={`${id}-${keyOf(choice)}`}
                isActive={active !== undefined && keyOf(choice) === keyOf(active)}
                key={keyOf(choice)}
                onActive={() => onActive(choice)}
                onChoose={() => onChoose(choice)}
              />
            ))}
          </div>
        ))}
      </div>
      <p className="px-4 text-center text-muted not-empty:py-6" role="status">
        {isEmpty && (hasNetwork ? (isAsking ? 'Searching…' : 'Nothing found.') : OFFLINE)}
      </p>
    </>
  );
}

const OFFLINE = 'Nothing found. Without a network only your own groups are searched.';
