import { QueryClient } from '@tanstack/react-query';
import type { ErrorCode } from '../../protocol/errors.ts';
import { RequestFailed } from './request-failed.ts';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: RequestFailed;
  }
}

/** What may go well a little later. Everything else gives the same answer again. */
const PASSING: readonly ErrorCode[] = ['unavailable', 'internal', 'rate_limited'];
const RETRIES = 3;
/** Lists change by what others do, too: after this they are asked for again when they are shown. */
const FRESH_FOR_MS = 10_000;

/** The page's cache of what REST answers. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_FOR_MS,
        retry: (failures, error) =>
          failures < RETRIES &&
          error instanceof RequestFailed &&
          PASSING.includes(error.failure.code),
      },
    },
  });
}
