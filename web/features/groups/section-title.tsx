import { ChevronDown, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { changeListChoices, useListChoices } from './list-choices.ts';
import type { Section } from './sections.ts';

/** The title of a section of the list, which folds it, before a button that adds to it. */
export function SectionTitle({
  section: { id, title, isFolded },
  children,
}: {
  section: Section;
  children: ReactNode;
}) {
  const { folded } = useListChoices();
  return (
    <div className="flex min-h-8 items-center justify-between pe-2">
      <h2 className="text-meta font-semibold text-muted">
        <button
          aria-expanded={!isFolded}
          className="flex min-h-7 items-center gap-1 rounded-small px-2 hover:text-strong pointer-coarse:min-h-11"
          onClick={() =>
            changeListChoices({
              folded: isFolded ? folded.filter((it) => it !== id) : [...folded, id],
            })
          }
          type="button"
        >
          {title}
          <ChevronDown
            aria-hidden="true"
            className={isFolded ? '-rotate-90 rtl:rotate-90' : ''}
            size={14}
          />
        </button>
      </h2>
      {children}
    </div>
  );
}

/** The button that adds to a section. */
export function AddButton(props: { label: string; onClick: () => void }) {
  return (
    <IconButton className="-my-1 -me-1" {...props}>
      <Plus aria-hidden="true" size={16} />
    </IconButton>
  );
}
