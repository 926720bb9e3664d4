import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keepQueries, restoreQueries } from '../api/kept-queries.ts';
import { createQueryClient } from '../api/queries.ts';
import { Frame } from './frame.tsx';

/** The page of one user, with their own query cache: it begins with what the browser stores of the last visit. */
export function SignedInPage({ userId }: { userId: string }) {
  const [queries] = useState(() => {
    const created = createQueryClient();
    restoreQueries(created, userId);
    return created;
  });
  useEffect(() => keepQueries(queries, userId), [queries, userId]);
  return (
    <QueryClientProvider client={queries}>
      <Frame />
    </QueryClientProvider>
  );
}
