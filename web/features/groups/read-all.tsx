import { useEffect, useRef, useState } from 'react';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { isUnread, type Marked, useReading } from '../../api/reading.ts';
import { UndoBar } from '../../ui/undo-bar.tsx';

/** How long the bar stays; longer while the pointer or the focus is on it. */
const SHOWN_MS = 10_000;

/** Marks all of my groups as read when it is mounted, says so, and offers to undo it for some seconds. */
export function ReadAll({ entries, onEnd }: { entries: readonly InboxEntry[]; onEnd: () => void }) {
  const reading = useReading();
  const [marked, setMarked] = useState<Marked>();
  const [wasUndone, setUndone] = useState(false);
  const [isKept, setKept] = useState(false);
  const hasBegun = useRef(false);
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    void reading.read(entries.filter(isUnread)).then(setMarked);
  });
  useEffect(() => {
    if (!marked || isKept) return;
    const timer = setTimeout(onEnd, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [marked, isKept, onEnd]);
  if (!marked) return null;
  const { before } = marked;
  async function undo(): Promise<void> {
    setKept(false);
    setUndone(true);
    const undone = await reading.undo(before);
    if (undone.failed === 0) onEnd();
    else setMarked(undone);
  }
  return (
    <div className="pointer-events-none fixed inset-x-3 bottom-20 z-50 flex justify-center">
      <UndoBar
        className="pointer-events-auto"
        onBlur={() => setKept(false)}
        onFocus={() => setKept(true)}
        onPointerEnter={() => setKept(true)}
        onPointerLeave={() => setKept(false)}
        onUndo={before.length > 0 && !wasUndone ? () => void undo() : undefined}
      >
        <span className="py-1 pe-2.5 whitespace-normal">{textOf(marked, wasUndone)}</span>
      </UndoBar>
    </div>
  );
}

function textOf({ before, failed, failure }: Marked, wasUndone: boolean): string {
  const lost = `${counted(failed)} could not be reached`;
  if (failure && (wasUndone || before.length === 0)) return failure.detail;
  if (wasUndone)
    return failed > 0
      ? `${lost} and ${failed === 1 ? 'stays' : 'stay'} read`
      : 'Marking as unread again…';
  if (before.length > 0) {
    const done = `Marked ${counted(before.length)} as read`;
    return failed > 0 ? `${done}, ${lost}` : done;
  }
  return failed > 0 ? `${lost}. Try again in a moment.` : 'Everything is read already';
}

function counted(conversations: number): string {
  return conversations === 1 ? '1 conversation' : `${conversations} conversations`;
}
