import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { BrowsePage } from '../features/groups/browse-page.tsx';
import { BackToGroups } from '../features/groups/group-link.tsx';
import { Late } from '../ui/overlays/late.tsx';
import { InvitePage } from './invite-page.tsx';
import { NowherePage } from './nowhere-page.tsx';

const PeoplePage = lazy(() =>
  import('../features/people/people-page.tsx').then((file) => ({ default: file.PeoplePage })),
);
const SettingsPage = lazy(() =>
  import('./settings/settings-page.tsx').then((file) => ({ default: file.SettingsPage })),
);
const ThreadsPage = lazy(() =>
  import('./threads-page.tsx').then((file) => ({ default: file.ThreadsPage })),
);

/** The pages beside the list that are neither a group nor the front page. They load late: most visits open a group. */
export function OtherPages({ onCreate }: { onCreate: () => void }) {
  return (
    <Switch>
      <Route path="/browse">
        <BrowsePage onCreate={onCreate} />
      </Route>
      <Route path="/invite/:code">{({ code }) => <InvitePage code={code} key={code} />}</Route>
      <Route path="/people">
        <Late>
          <PeoplePage back={<BackToGroups />} />
        </Late>
      </Route>
      <Route path="/settings/:section?">
        {({ section }) => (
          <Late>
            <SettingsPage path={section} />
          </Late>
        )}
      </Route>
      <Route path="/threads">
        <Late>
          <ThreadsPage />
        </Late>
      </Route>
      <Route>
        <NowherePage />
      </Route>
    </Switch>
  );
}
