import { useState } from 'react';
import { type Failure, ok, type Result } from '../../protocol/errors.ts';
import { answers } from './answers.ts';
import { type Shown, useAnswer } from './use-answer.ts';

/** A part of a list, and what to ask the next one with. */
interface Page<T> {
  items: T[];
  next?: string | undefined;
}

type AskPage<T> = (cursor: string | undefined, signal?: AbortSignal) => Promise<Result<Page<T>>>;

/** A list of which more can be asked for. */
export interface Pages<T> extends Shown<Page<T>[]> {
  hasMore: boolean;
  /** The next page is on its way. */
  isAskingMore: boolean;
  askMore(): Promise<void>;
}

/** The pages of a list, from the first one on; those that are shown are asked for again together. */
export function usePages<T>(key: string, ask: AskPage<T>): Pages<T> {
  const shown = useAnswer(key, (signal) => {
    const count = answers.get<Page<T>[]>(key).data?.length ?? 1;
    return askPages(ask, count, signal);
  });
  const [isAskingMore, setAskingMore] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const last = shown.data?.at(-1);

  async function askMore(): Promise<void> {
    if (last?.next === undefined || isAskingMore) return;
    setAskingMore(true);
    const outcome = await ask(last.next);
    setAskingMore(false);
    setFailure(outcome.ok ? undefined : outcome.failure);
    if (!outcome.ok) return;
    answers.update<Page<T>[]>(key, (pages) =>
      // Asked for again meanwhile, they may end elsewhere.
      pages?.at(-1) === last ? [...(pages ?? []), outcome.value] : pages,
    );
  }

  return {
    ...shown,
    failure: shown.failure ?? failure,
    hasMore: last?.next !== undefined,
    isAskingMore,
    askMore,
  };
}

async function askPages<T>(
  ask: AskPage<T>,
  count: number,
  signal: AbortSignal,
): Promise<Result<Page<T>[]>> {
  const pages: Page<T>[] = [];
  let next: string | undefined;
  do {
    const outcome = await ask(next, signal);
    if (!outcome.ok) return outcome;
    pages.push(outcome.value);
    next = outcome.value.next;
  } while (next !== undefined && pages.length < count);
  return ok(pages);
}
