import { Search } from 'lucide-react';
import { lazy, useCallback, useEffect, useState } from 'react';
import { Route, Switch, useRoute } from 'wouter';
import type { InboxEntry } from '../../protocol/rest.ts';
import { useMyGroups } from '../api/my-groups.ts';
import { TimelineSkeleton } from '../features/conversation/timeline-skeleton.tsx';
import { GroupList } from '../features/groups/group-list.tsx';
import { useSections } from '../features/groups/use-sections.ts';
import { PersonMenu } from '../features/people/person-menu.tsx';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/controls/icon-button.tsx';
import { Late } from '../ui/overlays/late.tsx';
import { DESKTOP, useMedia } from '../ui/use-media.ts';
import type { FrameDialog } from './after-first-frame.tsx';
import { GroupPage } from './group-page.tsx';
import { useListMoment } from './use-list-moment.ts';
import { usePanel } from './use-panel.ts';

const ListOptions = lazy(() =>
  import('../features/groups/list-options.tsx').then((file) => ({ default: file.ListOptions })),
);
const HomePage = lazy(() => import('./home-page.tsx').then((file) => ({ default: file.HomePage })));
const OtherPages = lazy(() =>
  import('./other-pages.tsx').then((file) => ({ default: file.OtherPages })),
);
const AfterFirstFrame = lazy(() =>
  import('./after-first-frame.tsx').then((file) => ({ default: file.AfterFirstFrame })),
);

const GROUP = /^\/g\/(?<groupId>[^/]+)(?:\/m\/(?<messageId>[^/]+))?\/?$/;
const NO_GROUPS: readonly InboxEntry[] = [];
const COMPLEMENTARY = { role: 'complementary', 'aria-label': 'You and your groups' };

/** The page of a signed-in user: the list of groups beside one route, or on a phone one of the two. */
export function Frame() {
  const [isHome] = useRoute('/');
  const isDesktop = useMedia(DESKTOP);
  const [dialog, setDialog] = useState<FrameDialog>();
  const create = () => setDialog('create');
  const [, open] = useRoute(GROUP);
  const openId = open?.['groupId'];
  const groups = useMyGroups().data;
  const { panel } = usePanel();
  const thread = panel?.type === 'thread' ? panel.parentId : undefined;
  const moment = useListMoment(groups, openId, thread);
  const { sections, hold } = useSections(groups ?? NO_GROUPS, moment, openId);
  /** How often everything was to be marked as read. */
  const [reads, setReads] = useState(0);
  const readAll = useCallback(() => setReads((count) => count + 1), []);
  const [isShown, setShown] = useState(false);
  const onShown = useCallback(() => setShown(true), []);
  useEffect(() => {
    // A group reports its first frame itself.
    if (openId === undefined) onShown();
  }, [openId, onShown]);
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] desktop:grid-cols-[260px_minmax(0,1fr)]">
      <div
        // On a phone the list is a page by itself.
        {...(isHome && !isDesktop ? { role: 'main' } : COMPLEMENTARY)}
        className={classes(
          'flex min-h-0 flex-col gap-3 bg-sunken px-2 py-2 max-desktop:px-3',
          !isHome && 'max-desktop:hidden',
        )}
      >
        {isHome && !isDesktop && <h1 className="sr-only">Your groups</h1>}
        <div className="flex items-center">
          <PersonMenu />
          <IconButton label="Jump to" onClick={() => setDialog('switcher')}>
            <Search aria-hidden="true" size={18} />
          </IconButton>
          <span className="size-9">
            {isShown && (
              <Late>
                <ListOptions onReadAll={readAll} />
              </Late>
            )}
          </span>
        </div>
        <GroupList
          moment={moment}
          onCreate={create}
          onUse={hold}
          onWrite={() => setDialog('message')}
          sections={sections}
        />
      </div>
      <div className={classes('relative flex min-w-0', isHome && 'max-desktop:hidden')}>
        <Place isCreating={dialog === 'create'} onCreate={create} onShown={onShown} />
      </div>
      {(isShown || dialog || reads > 0) && (
        <Late>
          <AfterFirstFrame
            dialog={dialog}
            groups={groups}
            moment={moment}
            onDialog={setDialog}
            onReadAll={readAll}
            reads={reads}
            sections={sections}
          />
        </Late>
      )}
    </div>
  );
}

/** The route beside the list. */
function Place({
  isCreating,
  onCreate,
  onShown,
}: {
  isCreating: boolean;
  onCreate: () => void;
  onShown: () => void;
}) {
  const opening = (
    <main className="flex flex-1">
      <TimelineSkeleton />
    </main>
  );
  return (
    <Switch>
      <Route path={GROUP}>
        {({ groupId = '', messageId }) => (
          // The key keeps a group open while the address moves to one of its messages.
          <GroupPage groupId={groupId} key={groupId} messageId={messageId} onShown={onShown} />
        )}
      </Route>
      <Route path="/">
        <Late fallback={opening}>
          <HomePage isCreating={isCreating} onCreate={onCreate} />
        </Late>
      </Route>
      <Route>
        <Late>
          <OtherPages onCreate={onCreate} />
        </Late>
      </Route>
    </Switch>
  );
}
