import type { User } from '../../../protocol/models.ts';
import { isolated } from '../../ui/words/isolated.ts';

/** Above this number the names are not listed. */
const MOST_NAMES = 3;
const names = new Intl.ListFormat('en', { type: 'conjunction' });

/** The names of the people who are typing, at least one. */
export function TypingNames({ typing }: { typing: readonly User[] }) {
  return (
    <>
      <Dots />
      <span className="truncate">{sentence(typing)}</span>
    </>
  );
}

function sentence(typing: readonly User[]): string {
  if (typing.length > MOST_NAMES) return 'Several people are typing…';
  const who = names.format(typing.map(({ name }) => isolated(name)));
  return `${who} ${typing.length === 1 ? 'is' : 'are'} typing…`;
}

function Dots() {
  return (
    <span aria-hidden="true" className="flex gap-0.5">
      {['0ms', '160ms', '320ms'].map((delay) => (
        <span
          className="size-1 animate-shimmer rounded-pill bg-neutral-10"
          key={delay}
          style={{ animationDelay: delay }}
        />
      ))}
    </span>
  );
}
