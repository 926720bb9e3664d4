import { QueryClientProvider } from '@tanstack/react-query';
import { Route, Switch } from 'wouter';
import { createQueryClient } from '../api/query-client.ts';
import { SessionProvider } from '../session/session-provider.tsx';
import { AccountPage } from './account-page.tsx';
import { Crash } from './crash.tsx';
import { Entrance } from './entrance.tsx';

const queries = createQueryClient();

/** The page: Clerk's own pages by themselves, because a page can hold only one Clerk; everything else with the session. */
export function App() {
  return (
    <Crash>
      <Switch>
        <Route path="/sign-in/*?">
          <AccountPage kind="sign-in" />
        </Route>
        <Route path="/sign-up/*?">
          <AccountPage kind="sign-up" />
        </Route>
        <Route path="/profile/*?">
          <AccountPage kind="profile" />
        </Route>
        <Route>
          <SessionProvider>
            <QueryClientProvider client={queries}>
              <Entrance />
            </QueryClientProvider>
          </SessionProvider>
        </Route>
      </Switch>
    </Crash>
  );
}
