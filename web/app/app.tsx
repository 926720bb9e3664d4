import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import type { ClerkPageKind } from '../session/clerk/clerk-interface.tsx';
import { SessionProvider } from '../session/session-provider.tsx';
import { Late } from '../ui/overlays/late.tsx';
import { Crash } from './crash.tsx';
import { Entrance, loadEntrance } from './entrance.tsx';

const AccountPage = lazy(() =>
  import('./account-page.tsx').then((file) => ({ default: file.AccountPage })),
);

const ACCOUNT_PAGES: readonly ClerkPageKind[] = ['sign-in', 'sign-up', 'profile'];

/** The page. Clerk's own pages stand alone, because a page can hold only one Clerk; all others have the session. */
export function App() {
  return (
    <Crash>
      <Switch>
        {ACCOUNT_PAGES.map((kind) => (
          <Route key={kind} path={`/${kind}/*?`}>
            <Late>
              <AccountPage kind={kind} />
            </Late>
          </Route>
        ))}
        <Route>
          <SessionProvider>
            <Entrance />
          </SessionProvider>
        </Route>
      </Switch>
    </Crash>
  );
}

/** Begins to load the code of the page at `path`; resolves when React can show what the HTML shows. */
export async function loadFirstPage(path: string): Promise<void> {
  const [, first] = path.split('/');
  if (!ACCOUNT_PAGES.some((kind) => kind === first)) await loadEntrance();
}
