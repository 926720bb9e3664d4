import { type ComponentProps, lazy, useState } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import { assertNever } from '../../protocol/assert-never.ts';
import { isSessionExpected } from '../session/expected-session.ts';
import { useSession } from '../session/use-session.ts';
import { Late } from '../ui/overlays/late.tsx';
import { FrameSkeleton } from './frame-skeleton.tsx';
import type { VisitorPage } from './visitor-page.tsx';

const loadPage = () => import('./signed-in-page.tsx');
const SignedInPage = lazy(() => loadPage().then((file) => ({ default: file.SignedInPage })));
const TroublePage = lazy(() =>
  import('./trouble-page.tsx').then((file) => ({ default: file.TroublePage })),
);
const LateVisitorPage = lazy(() =>
  loadVisitorPage().then((VisitorPage) => ({ default: VisitorPage })),
);

let loadedVisitorPage: typeof VisitorPage | undefined;

async function loadVisitorPage(): Promise<typeof VisitorPage> {
  const file = await import('./visitor-page.tsx');
  loadedVisitorPage = file.VisitorPage;
  return file.VisitorPage;
}

/**
 * Resolves when React can show what the HTML shows. A user's page begins as its skeleton, but a visitor's needs its code: the
 * skeleton between two welcome pages would be a flash. A failure to load is reported where the code is used.
 */
export async function loadEntrance(): Promise<void> {
  if (isSessionExpected()) void loadPage().catch(() => undefined);
  else await loadVisitorPage().catch(() => undefined);
}

/** The page while the session loads, signed out and signed in. The address stays, so that a sign-in leads back to it. */
export function Entrance() {
  const session = useSession();
  const path = usePathname();
  const { state } = session;
  switch (state) {
    case 'loading':
      return <FrameSkeleton />;
    case 'unavailable':
      return (
        <Late>
          <TroublePage
            action="Try again"
            detail={session.detail}
            title="Edgewise cannot start right now"
          />
        </Late>
      );
    case 'signed-out':
      return (
        <Late fallback={<FrameSkeleton />}>
          <Visitor demo={{ names: session.demo, continueAs: session.continueAs }} then={path} />
        </Late>
      );
    case 'signed-in':
      return (
        <Late fallback={<FrameSkeleton />}>
          <SignedInPage key={session.userId} userId={session.userId} />
        </Late>
      );
    default:
      return assertNever(session);
  }
}

/** The page of a visitor. `lazy` would show its fallback for a frame, even if the code is loaded. */
function Visitor(props: ComponentProps<typeof VisitorPage>) {
  const [Page] = useState(() => loadedVisitorPage ?? LateVisitorPage);
  return <Page {...props} />;
}
