import { CLOSE, REVOKED_REASON } from '../../../protocol/errors.ts';
import type { ClosedView } from '../group-view.ts';
import type { End } from './transport.ts';

/** What the client does when a transport has ended, by its close code. */
export type AfterEnd =
  | { type: 'stop'; view: ClosedView }
  /** The last frame exceeded the size limit. */
  | { type: 'stop_too_large' }
  /** The session was revoked. */
  | { type: 'sign_out' }
  /** Try once with a fresh token; a second refusal is final. */
  | { type: 'refresh' }
  /** Try again after a wait: `waitMs` if the server named it. */
  | { type: 'retry'; waitMs?: number | undefined };

/** The table of close codes, from the client's side. */
export function afterEnd({ code, reason, waitMs }: End): AfterEnd {
  switch (code) {
    case CLOSE.protocol:
      return { type: 'stop', view: { reason: 'outdated' } };
    case CLOSE.tooLarge:
      return { type: 'stop_too_large' };
    case CLOSE.forbidden:
      return { type: 'stop', view: { reason: 'forbidden' } };
    case CLOSE.notFound:
      return { type: 'stop', view: { reason: 'not_found' } };
    case CLOSE.unauthenticated:
      return { type: reason === REVOKED_REASON ? 'sign_out' : 'refresh' };
    case CLOSE.tooMany:
    case CLOSE.unavailable:
      return { type: 'retry', waitMs };
    default:
      return { type: 'retry' };
  }
}
