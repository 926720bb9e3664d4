import { useEffect, useState } from 'react';
import type { CodePiece } from './highlight.ts';

/** Caches highlighted code, so that a message that scrolls back in is highlighted at once. */
const kept = new Map<string, readonly CodePiece[]>();
const MOST_KEPT = 200;

/**
 * The pieces of code with their kinds; the text as one piece until it is highlighted, and for an unknown language. The
 * highlighter loads with the first code that names a language.
 */
export function useHighlighted(text: string, language: string | undefined): readonly CodePiece[] {
  const key = `${language ?? ''}\n${text}`;
  const [found, setFound] = useState<{ key: string; pieces: readonly CodePiece[] }>();
  useEffect(() => {
    if (language === undefined || kept.has(key)) return;
    let isWanted = true;
    void colour(text, language).then((pieces) => {
      if (!pieces) return;
      keep(key, pieces);
      if (isWanted) setFound({ key, pieces });
    });
    return () => {
      isWanted = false;
    };
  }, [key, text, language]);
  return kept.get(key) ?? (found?.key === key ? found.pieces : [text]);
}

/** Without a network, or after a deployment, the highlighter cannot be loaded: the text stays plain. */
async function colour(text: string, language: string): Promise<CodePiece[] | undefined> {
  const file = await import('./highlight.ts').catch(() => undefined);
  return file?.highlight(text, language).catch(() => undefined);
}

function keep(key: string, pieces: readonly CodePiece[]): void {
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, pieces);
}
