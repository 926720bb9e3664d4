import { useEffect, useState } from 'react';
import type { FileReference } from '../../../../protocol/models.ts';
import { type FileText, SHOWN_BYTES, textOf } from './text-of.ts';

/** The texts of files that were shown, so that a message that scrolls back in has them at once. */
const kept = new Map<string, FileText>();
const MOST_KEPT = 50;

/** The beginning of a text file: 'none' if its bytes are no text or cannot be fetched, undefined until that is known. */
export function useFileText(
  { id, url, size }: FileReference,
  isReady: boolean,
): FileText | 'none' | undefined {
  const [found, setFound] = useState<{ id: string; text: FileText | 'none' }>();
  const isFetched = isReady && url !== '' && !kept.has(id);
  useEffect(() => {
    if (!isFetched) return;
    const leaving = new AbortController();
    fetchText(url, size, leaving.signal).then(
      (text) => {
        if (text) keep(id, text);
        setFound({ id, text: text ?? 'none' });
      },
      () => !leaving.signal.aborted && setFound({ id, text: 'none' }),
    );
    return () => leaving.abort();
  }, [isFetched, id, url, size]);
  return kept.get(id) ?? (found?.id === id ? found.text : undefined);
}

async function fetchText(
  url: string,
  size: number,
  signal: AbortSignal,
): Promise<FileText | undefined> {
  // No range of an empty file can be satisfied.
  if (size === 0) return { text: '', isWhole: true };
  const range = `bytes=0-${SHOWN_BYTES - 1}`;
  const response = await fetch(url, { headers: { range }, signal });
  if (!response.ok) return undefined;
  const bytes = new Uint8Array(await response.arrayBuffer());
  return textOf(bytes.subarray(0, SHOWN_BYTES), size);
}

function keep(id: string, text: FileText): void {
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(id, text);
}
