import { type RefObject, useState } from 'react';
import { changeField } from './change-field.ts';
import { type CompletionQuery, completionQuery } from './completion-query.ts';
import type { Draft } from './draft.ts';
import type { Suggestion } from './use-suggestions.ts';

/** The completion of the name before the caret. */
export interface Completion {
  /** Undefined without a name before the caret, or after the list was closed for it. */
  query: CompletionQuery | undefined;
  /** Reports the position of the caret; undefined without one (a selection, no focus). */
  moveCaret(caret: number | undefined): void;
  /** Closes the list and keeps the text; the list stays closed for this mark. */
  close(): void;
  take(suggestion: Suggestion): void;
}

/** Completes names and emoji in a field that shows `draft`. */
export function useCompletion(
  field: RefObject<HTMLTextAreaElement | null>,
  draft: Draft,
  text: string,
): Completion {
  const [caret, setCaret] = useState<number>();
  const [closedAt, setClosedAt] = useState<number>();
  const found = caret === undefined ? undefined : completionQuery(text, caret);
  const query = found?.from === closedAt ? undefined : found;
  return {
    query,
    moveCaret(at) {
      setCaret(at);
      const next = at === undefined ? undefined : completionQuery(field.current?.value ?? '', at);
      if (next?.from !== closedAt) setClosedAt(undefined);
    },
    close: () => setClosedAt(query?.from),
    take(suggestion) {
      if (!query || !field.current) return;
      const taken = `${textOf(suggestion, draft)} `;
      const end = query.from + taken.length;
      changeField(field.current, { ...query, text: taken, select: { start: end, end } });
    },
  };
}

function textOf(suggestion: Suggestion, draft: Draft): string {
  switch (suggestion.type) {
    case 'person':
      return `@${draft.name(suggestion.user)}`;
    case 'everyone':
      return `@${suggestion.name}`;
    case 'emoji':
      return suggestion.emoji;
  }
}
