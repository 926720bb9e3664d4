import { useEffect, useState } from 'react';
import type { CodePiece } from './highlight.ts';
import { highlighted } from './highlighter.ts';

/** Caches highlighted code, so that a message that scrolls back in is highlighted at once. */
const kept = new Map<string, readonly CodePiece[]>();
const MOST_KEPT = 200;

/** The pieces of code with their kinds. Until they are known, and where the language is not, the text is one piece. */
export function useHighlighted(text: string, language: string | undefined): readonly CodePiece[] {
  const key = `${language ?? ''}\n${text}`;
  const [found, setFound] = useState<{ key: string; pieces: readonly CodePiece[] }>();
  useEffect(() => {
    if (language === undefined || kept.has(key)) return;
    let isWanted = true;
    void highlighted(text, language).then((pieces) => {
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

function keep(key: string, pieces: readonly CodePiece[]): void {
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, pieces);
}
