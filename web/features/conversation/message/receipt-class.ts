/** The line of the receipt, of one height in all its states: one state follows another without a move. */
export const RECEIPT_LINE =
  'mt-0.5 flex min-h-6 w-fit items-center gap-1 rounded-small text-meta text-muted select-none';
