import { type Ref, useEffect, useImperativeHandle, useState } from 'react';
import { assertNever } from '../../../protocol/assert-never.ts';
import { classes } from '../../ui/classes.ts';
import { Avatar } from '../../ui/people/avatar.tsx';
import type { CompletionQuery } from './completion-query.ts';
import type { Suggestion } from './use-suggestions.ts';
import { useSuggestions } from './use-suggestions.ts';
import type { WritingPeople } from './writing-people.ts';

/** How the field controls the list. */
export interface CompletionKeys {
  /** Handles a key that moves in the list or takes a suggestion. Enter and Tab may have to wait for what is fetched. */
  onKey(key: string): 'taken' | 'waiting' | 'ignored';
}

/** The suggestions for the text before the caret. The focus stays in the field. */
export function CompletionList({
  id,
  query,
  people,
  onTake,
  onActive,
  onSettled,
  side = 'above',
  ref,
}: {
  id: string;
  query: CompletionQuery;
  people: WritingPeople;
  onTake: (suggestion: Suggestion) => void;
  /** Called with the id of the option that Enter would take, for `aria-activedescendant`; undefined for none. */
  onActive: (id: string | undefined) => void;
  /** Called when the list shows what fits, or nothing does. */
  onSettled: () => void;
  /** The side of the field that has room; above by default. */
  side?: 'above' | 'below';
  ref: Ref<CompletionKeys>;
}) {
  const { suggestions, isOpening } = useSuggestions(query, people);
  const [chosen, setChosen] = useState({ text: query.text, index: 0 });
  // A changed text starts at the top again; derived while rendering, so that no key acts on the old option.
  const index = chosen.text === query.text ? Math.min(chosen.index, suggestions.length - 1) : 0;
  const active = suggestions[index];
  const activeId = active && `${id}-${active.key}`;

  useEffect(() => {
    onActive(activeId);
    return () => onActive(undefined);
  }, [activeId, onActive]);

  useImperativeHandle(ref, () => ({
    onKey(key) {
      const takes = key === 'Enter' || key === 'Tab';
      if (isOpening && takes) return 'waiting';
      if (!active) return 'ignored';
      const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
      if (step !== 0) {
        const next = (index + step + suggestions.length) % suggestions.length;
        setChosen({ text: query.text, index: next });
        return 'taken';
      }
      if (!takes) return 'ignored';
      onTake(active);
      return 'taken';
    },
  }));

  useEffect(() => {
    if (!isOpening) onSettled();
  });

  if (suggestions.length === 0) return null;
  return (
    <div
      aria-label={query.kind === 'person' ? 'People' : 'Emoji'}
      className={classes(
        'absolute inset-x-0 z-20 max-w-96 animate-enter rounded-card bg-overlay p-1.5 shadow-overlay',
        side === 'above' ? 'bottom-full mb-1.5' : 'top-full mt-1.5',
      )}
      id={id}
      role="listbox"
    >
      {suggestions.map((suggestion) => (
        <div
          aria-selected={suggestion === active}
          className={classes(
            'flex min-h-9 cursor-default items-center gap-2.5 rounded-small px-2 text-default',
            suggestion === active && 'bg-hover text-strong',
          )}
          id={`${id}-${suggestion.key}`}
          key={suggestion.key}
          onMouseDown={(event) => {
            // The field keeps the focus, or a phone would hide its keyboard.
            event.preventDefault();
            onTake(suggestion);
          }}
          onMouseMove={() =>
            setChosen({ text: query.text, index: suggestions.indexOf(suggestion) })
          }
          role="option"
          tabIndex={-1}
        >
          <Line suggestion={suggestion} />
        </div>
      ))}
    </div>
  );
}

function Line({ suggestion }: { suggestion: Suggestion }) {
  switch (suggestion.type) {
    case 'person':
      return (
        <>
          <Avatar person={suggestion.user} size="small" />
          <bdi className="truncate font-medium">{suggestion.user.name}</bdi>
          <span className="min-w-0 flex-1 truncate text-secondary text-muted">
            @{suggestion.user.handle}
          </span>
          {suggestion.isMember === false && (
            <span className="text-meta text-muted">Not in this group</span>
          )}
        </>
      );
    case 'everyone':
      return (
        <>
          <span
            aria-hidden="true"
            className="grid size-6 place-items-center rounded-pill bg-accent-tint text-accent-text"
          >
            @
          </span>
          <span className="font-medium">{suggestion.name}</span>
          <span className="truncate text-secondary text-muted">{suggestion.hint}</span>
        </>
      );
    case 'emoji':
      return (
        <>
          <span aria-hidden="true" className="grid size-6 place-items-center text-[1.125rem]">
            {suggestion.emoji}
          </span>
          <span className="truncate">:{suggestion.name}:</span>
        </>
      );
    default:
      return assertNever(suggestion);
  }
}
