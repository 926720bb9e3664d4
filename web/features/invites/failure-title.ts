import type { Failure } from '../../../protocol/errors.ts';

/** The heading over the reason why an invitation cannot be used. */
export function failureTitle({ code }: Failure): string {
  switch (code) {
    case 'not_found':
      return 'This invitation does not work';
    case 'archived':
      return 'You cannot join right now';
    default:
      return 'The invitation cannot be shown right now';
  }
}
