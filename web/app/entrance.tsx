import { QueryClientProvider } from '@tanstack/react-query';
import { Unplug } from 'lucide-react';
import { lazy, useState } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import { assertNever } from '../../protocol/assert-never.ts';
import { createQueryClient } from '../api/queries.ts';
import { readRememberedUser } from '../session/remembered-user.ts';
import { useSession } from '../session/use-session.ts';
import { Button } from '../ui/controls/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Logo } from '../ui/logo.tsx';
import { Late } from '../ui/overlays/late.tsx';
import { Frame } from './frame.tsx';
import { FrameSkeleton } from './frame-skeleton.tsx';
import { useTitle } from './use-title.ts';

const WelcomePage = lazy(() =>
  import('../features/welcome/welcome-page.tsx').then((file) => ({ default: file.WelcomePage })),
);

/** The page while the session loads, signed out and signed in. The address stays, so that a sign-in leads back to it. */
export function Entrance() {
  const session = useSession();
  const path = usePathname();
  const { state } = session;
  useTitle(undefined);
  switch (state) {
    case 'loading':
      return readRememberedUser() === undefined ? <Opening /> : <FrameSkeleton />;
    case 'unavailable':
      return (
        <main className="flex h-dvh">
          <EmptyState
            actions={
              <Button look="primary" onClick={() => location.reload()}>
                Try again
              </Button>
            }
            icon={Unplug}
            title="Edgewise cannot start right now"
          >
            {session.detail}
          </EmptyState>
        </main>
      );
    case 'signed-out':
      return (
        <Late fallback={<Opening />}>
          <WelcomePage session={session} then={path} />
        </Late>
      );
    case 'signed-in':
      return <SignedInPage key={session.userId} />;
    default:
      return assertNever(session);
  }
}

/** The page of one session, with its own query cache. */
function SignedInPage() {
  const [queries] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queries}>
      <Frame />
    </QueryClientProvider>
  );
}

function Opening() {
  return (
    <main className="grid h-dvh place-items-center" role="status">
      <Logo className="size-12 animate-shimmer" />
      <span className="sr-only">Loading</span>
    </main>
  );
}
