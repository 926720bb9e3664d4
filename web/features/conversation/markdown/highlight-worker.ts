/** Runs in a Web Worker: highlighting some code takes seconds, and the page must not stand still for it. */
import { highlight, loadLanguage } from './highlight.ts';
import type { FromHighlighter, ToHighlighter } from './highlighter.ts';

const answer = (message: FromHighlighter) => self.postMessage(message);

self.addEventListener('message', ({ data }: MessageEvent<ToHighlighter>) => {
  void run(data);
});

async function run({ code, language }: ToHighlighter): Promise<void> {
  try {
    const isKnown = await loadLanguage(language);
    answer({ type: 'started' });
    answer({ type: 'done', pieces: isKnown ? highlight(code, language) : undefined });
  } catch {
    // The language could not be loaded: there is no network, or a deployment replaced the file.
    answer({ type: 'done', pieces: undefined });
  }
}
