import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { SessionProvider } from '../session/session-provider.tsx';
import { Late } from '../ui/late.tsx';
import { Crash } from './crash.tsx';
import { Entrance } from './entrance.tsx';

const AccountPage = lazy(() =>
  import('./account-page.tsx').then((file) => ({ default: file.AccountPage })),
);

/** The page: Clerk's own pages by themselves, because a page can hold only one Clerk; everything else with the session. */
export function App() {
  return (
    <Crash>
      <Switch>
        <Route path="/sign-in/*?">
          <Late>
            <AccountPage kind="sign-in" />
          </Late>
        </Route>
        <Route path="/sign-up/*?">
          <Late>
            <AccountPage kind="sign-up" />
          </Late>
        </Route>
        <Route path="/profile/*?">
          <Late>
            <AccountPage kind="profile" />
          </Late>
        </Route>
        <Route>
          <SessionProvider>
            <Entrance />
          </SessionProvider>
        </Route>
      </Switch>
    </Crash>
  );
}
