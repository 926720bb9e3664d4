import type { Failure, Result } from '../../protocol/errors.ts';

/** Lists change by what others do, too: older than this they are asked for again when they are shown or looked at. */
const FRESH_FOR_MS = 10_000;
/** What nobody shows any more is kept so long, for whoever comes back to it. */
const KEPT_FOR_MS = 5 * 60_000;

/** What is known of a question; the same object until that changes. */
export interface Answer<T> {
  data: T | undefined;
  /** Why the last attempt came to nothing; what was known before it stays. */
  failure: Failure | undefined;
}

/** Asks the server; rejects only if `signal` was aborted. */
export type Ask<T> = (signal: AbortSignal) => Promise<Result<T>>;

interface Question<T> {
  answer: Answer<T>;
  /** When the server answered, ms UTC; 0 if it is to be asked again. */
  answeredAt: number;
  /** How to ask, as whoever watched last said. */
  ask: Ask<T> | undefined;
  listeners: Set<() => void>;
  /** Aborts the asking that is on its way. */
  flight: AbortController | undefined;
  forgetting: ReturnType<typeof setTimeout> | undefined;
}

const UNKNOWN = { data: undefined, failure: undefined };

/**
 * What the server has answered, by the names that `keys` makes, for all that show it. A question that somebody watches is
 * asked when its answer is missing or old; a prefix means the question of that name and all below it.
 */
export class Answers {
  readonly #questions = new Map<string, Question<unknown>>();

  get<T>(key: string): Answer<T> {
    return this.#find<T>(key)?.answer ?? UNKNOWN;
  }

  /** Calls back whenever the answer changes, and sees to it that there is one; the answer ends it. */
  watch<T>(key: string, ask: Ask<T>, listener: () => void): () => void {
    const question = this.#findOrMake<T>(key);
    question.ask = ask;
    clearTimeout(question.forgetting);
    question.listeners.add(listener);
    this.#refresh(question);
    return () => {
      question.listeners.delete(listener);
      if (question.listeners.size > 0) return;
      question.flight?.abort();
      question.flight = undefined;
      this.#forgetLater(key, question);
    };
  }

  /** Puts a newer answer in place of the one that is known; undefined leaves it as it is. */
  update<T>(key: string, change: (data: T | undefined) => T | undefined): void {
    const question = this.#findOrMake<T>(key);
    const data = change(question.answer.data);
    if (data === undefined || data === question.answer.data) return;
    question.answeredAt = Date.now();
    tell(question, { data, failure: undefined });
  }

  /** What is known is out of date: what is watched is asked again, now; resolves when that is answered. */
  async renew(prefix: string): Promise<void> {
    const due = this.#below(prefix);
    for (const [, question] of due) question.answeredAt = 0;
    await Promise.all(due.map(([, question]) => isWatched(question) && this.#ask(question)));
  }

  /** Forgets what is known. */
  drop(prefix: string): void {
    for (const [key, question] of this.#below(prefix)) {
      question.answeredAt = 0;
      if (isWatched(question)) tell(question, UNKNOWN);
      else this.#questions.delete(key);
    }
  }

  /** Asks what is watched and was not answered lately: the page is looked at again, or the network is back. */
  refresh(prefix = ''): void {
    for (const [, question] of this.#below(prefix)) this.#refresh(question);
  }

  #below(prefix: string): [key: string, question: Question<unknown>][] {
    return [...this.#questions].filter(
      ([key]) => prefix === '' || key === prefix || key.startsWith(`${prefix}/`),
    );
  }

  #find<T>(key: string): Question<T> | undefined {
    // The name says of which type its answer is: only the hooks beside this file make and use one.
    return this.#questions.get(key) as Question<T> | undefined;
  }

  #findOrMake<T>(key: string): Question<T> {
    const found = this.#find<T>(key);
    if (found) return found;
    const question: Question<T> = {
      answer: UNKNOWN,
      answeredAt: 0,
      ask: undefined,
      listeners: new Set(),
      flight: undefined,
      forgetting: undefined,
    };
    this.#questions.set(key, question as Question<unknown>);
    this.#forgetLater(key, question);
    return question;
  }

  #forgetLater<T>(key: string, question: Question<T>): void {
    clearTimeout(question.forgetting);
    question.forgetting = setTimeout(() => this.#questions.delete(key), KEPT_FOR_MS);
  }

  #refresh<T>(question: Question<T>): void {
    const isOld = Date.now() - question.answeredAt >= FRESH_FOR_MS;
    if (isOld && isWatched(question) && !question.flight) void this.#ask(question);
  }

  async #ask<T>(question: Question<T>): Promise<void> {
    const { ask } = question;
    // Without a network there is no answer, and no news in that; it is asked when that is back.
    if (!ask || !navigator.onLine) return;
    question.flight?.abort();
    const flight = new AbortController();
    const { signal } = flight;
    question.flight = flight;
    if (question.answer.failure && question.answer.data === undefined) tell(question, UNKNOWN);
    try {
      const outcome = await ask(signal);
      signal.throwIfAborted();
      question.flight = undefined;
      if (outcome.ok) {
        question.answeredAt = Date.now();
        tell(question, { data: outcome.value, failure: undefined });
      } else if (navigator.onLine) {
        tell(question, { ...question.answer, failure: outcome.failure });
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

function isWatched({ listeners }: Question<unknown>): boolean {
  return listeners.size > 0;
}

function tell<T>(question: Question<T>, answer: Answer<T>): void {
  question.answer = answer;
  for (const listener of question.listeners) listener();
}

/** Those of this page. */
export const answers = new Answers();

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') answers.refresh();
});
window.addEventListener('online', () => answers.refresh());
