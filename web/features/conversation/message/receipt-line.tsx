import { Check, CheckCheck } from 'lucide-react';
import { lazy, useRef, useState } from 'react';
import { assertNever } from '../../../../protocol/assert-never.ts';
import type { ReceiptView } from '../../../realtime/group-view.ts';
import { Late } from '../../../ui/overlays/late.tsx';
import { RECEIPT_LINE } from './receipt-class.ts';

const loadReaders = () => import('./read-by.tsx');
const ReadBy = lazy(() => loadReaders().then((file) => ({ default: file.ReadBy })));

/** The receipt of the user's last message: sent, delivered, or read, by whom and when. */
export function ReceiptLine({ receipt }: { receipt: ReceiptView }) {
  switch (receipt.state) {
    case 'sent':
      return (
        <p className={RECEIPT_LINE}>
          <Check aria-hidden="true" size={13} /> Sent
        </p>
      );
    case 'delivered':
      return (
        <p className={RECEIPT_LINE}>
          <CheckCheck aria-hidden="true" size={13} /> Delivered
        </p>
      );
    case 'read':
      return <Readers {...receipt} />;
    default:
      return assertNever(receipt.state);
  }
}

function Readers({ readBy, isPair }: ReceiptView) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        className={`${RECEIPT_LINE} hover:text-strong`}
        onClick={() => setOpen(!isOpen)}
        onFocus={loadReaders}
        onPointerEnter={loadReaders}
        ref={button}
        type="button"
      >
        <CheckCheck aria-hidden="true" className="text-accent-text" size={13} />{' '}
        {isPair ? 'Read' : `Read by ${readBy.length}`}
      </button>
      {isOpen && (
        <Late>
          <ReadBy button={button} onClose={() => setOpen(false)} readBy={readBy} />
        </Late>
      )}
    </>
  );
}
