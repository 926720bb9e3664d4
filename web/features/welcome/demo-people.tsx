import { useState } from 'react';
import { Notice } from '../../ui/notice.tsx';
import { Avatar } from '../../ui/people/avatar.tsx';

/** Who a visitor can continue as, and how. */
export interface DemoPeopleProps {
  names: readonly string[];
  /** Rejects with a sentence for the visitor. */
  continueAs: (name: string) => Promise<void>;
}

/** The demo people whom a visitor can continue as. */
export function DemoPeople({ names, continueAs }: DemoPeopleProps) {
  const [chosen, setChosen] = useState<string>();
  const [failure, setFailure] = useState<string>();

  function choose(name: string): void {
    setChosen(name);
    setFailure(undefined);
    continueAs(name).catch((error: unknown) => {
      setChosen(undefined);
      setFailure(error instanceof Error ? error.message : `Could not continue as ${name}.`);
    });
  }

  return (
    <section aria-label="Demo people" className="flex flex-col gap-3">
      <p className="text-secondary text-muted">Or try it as:</p>
      <ul className="flex flex-wrap gap-2">
        {names.map((name) => (
          <li key={name}>
            <button
              aria-busy={chosen === name}
              className="flex min-h-10 items-center gap-2 rounded-pill bg-raised py-1 pe-3.5 ps-1.5 text-secondary font-medium text-strong shadow-field transition-colors hover:bg-neutral-3 disabled:opacity-55"
              disabled={chosen !== undefined}
              onClick={() => choose(name)}
              type="button"
            >
              <Avatar className="size-7" person={{ id: name, name, imageUrl: '' }} size="small" />
              Continue as {name}
            </button>
          </li>
        ))}
      </ul>
      {failure !== undefined && <Notice>{failure}</Notice>}
    </section>
  );
}
