import { Clock3, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../../../ui/classes.ts';
import { RECEIPT_LINE } from './receipt-line.tsx';

/** What a message waits for, or why it was not sent. */
export function UnsentLine({
  text,
  isAsking = false,
  children,
}: {
  text: string | undefined;
  /** It needs a decision. */
  isAsking?: boolean;
  children?: ReactNode;
}) {
  const Icon = isAsking ? TriangleAlert : Clock3;
  return (
    <div className={classes(RECEIPT_LINE, 'flex-wrap', isAsking && 'text-secondary')}>
      <p className={classes('me-1 flex items-center gap-1', isAsking && 'text-danger')}>
        <Icon aria-hidden="true" className="shrink-0" size={13} /> {text}
      </p>
      {children}
    </div>
  );
}
