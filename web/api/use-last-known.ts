import { useState } from 'react';
import type { Shown } from './use-answer.ts';

/** The same, but with the answer to the last question for as long as the next is on its way. */
export function useLastKnown<T>(shown: Shown<T>): Shown<T> {
  const [known, setKnown] = useState(shown.data);
  if (shown.data !== undefined && shown.data !== known) setKnown(shown.data);
  const isKept = shown.isPending && known !== undefined;
  return isKept ? { ...shown, data: known, isPending: false } : shown;
}
