import type { CodePiece } from './highlight.ts';

/** What the page asks of the worker, one at a time. */
export interface ToHighlighter {
  code: string;
  /** A name that people write at a fence, in lower case. */
  language: string;
}

/** `started` comes when the language is loaded. */
export type FromHighlighter =
  | { type: 'started' }
  | { type: 'done'; pieces: readonly CodePiece[] | undefined };

/** Longer than any code that a highlighter copes with; some patterns take minutes over a few thousand characters. */
const MAX_MS = 1_000;
/** More code than anyone reads in colours. */
const MAX_CHARACTERS = 20_000;

let worker: Worker | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * The pieces of code with their kinds, found off the main thread; the code as one piece if that takes too long. Undefined
 * if the language is not known or cannot be loaded now.
 */
export function highlighted(
  code: string,
  language: string,
): Promise<readonly CodePiece[] | undefined> {
  if (code.length > MAX_CHARACTERS) return Promise.resolve(undefined);
  const answer = last.then(() => ask({ code, language: language.toLowerCase() }));
  last = answer;
  return answer;
}

function ask(question: ToHighlighter): Promise<readonly CodePiece[] | undefined> {
  return new Promise((resolve) => {
    const asked = worker ?? start();
    worker = asked;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (pieces: readonly CodePiece[] | undefined, isBroken: boolean) => {
      clearTimeout(timer);
      asked.onmessage = null;
      asked.onerror = null;
      if (isBroken) {
        asked.terminate();
        worker = undefined;
      }
      resolve(pieces);
    };
    asked.onerror = () => end(undefined, true);
    asked.onmessage = ({ data }: MessageEvent<FromHighlighter>) => {
      if (data.type === 'done') end(data.pieces, false);
      else timer = setTimeout(() => end([question.code], true), MAX_MS);
    };
    asked.postMessage(question);
  });
}

function start(): Worker {
  return new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' });
}
