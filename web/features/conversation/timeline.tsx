import {
  lazy,
  memo,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Virtualizer } from 'virtua';
import { useLocation } from 'wouter';
import type { Message } from '../../../protocol/models.ts';
import type { DividerView, TimelineRow as Row } from '../../realtime/room-view.ts';
import { onComposerRequest } from '../../ui/composer-requests.ts';
import { Late } from '../../ui/late.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { useConversation } from './conversation-context.ts';
import { useDeletions } from './deletions.ts';
import { NewestButton } from './newest-button.tsx';
import { ownLink } from './own-link.ts';
import { PeopleContext } from './people-context.ts';
import { permitted } from './permitted.ts';
import type { RowCommand } from './row-command.ts';
import { middleSeq, shownSeq } from './shown-seq.ts';
import { Spoken } from './spoken.tsx';
import { type TimelineItem, timelineItems } from './timeline-items.ts';
import { TimelineRow } from './timeline-row.tsx';
import { arrivalsAfter, newestSeq, useArrivals } from './use-arrivals.ts';
import { useDivider } from './use-divider.ts';
import { useFlash } from './use-flash.ts';
import { useReading } from './use-reading.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useTimelineScroll } from './use-timeline-scroll.ts';
import { useWatching } from './use-watching.ts';
import { withoutDeleted } from './without-deleted.ts';

const UndoBar = lazy(() => import('./undo-bar.tsx').then((file) => ({ default: file.UndoBar })));
const UnreadBar = lazy(() =>
  import('./unread-bar.tsx').then((file) => ({ default: file.UnreadBar })),
);

const NOT_LOADED = 'This part of the page could not be loaded. Check your connection, then reload.';
/** Rows are made and measured so far before they are seen: nearer, a fast wheel shows them before they have settled. */
const AHEAD_PX = 1_000;

/** What the list shows: the parts of a `StretchView` that it depends on, so that nothing else renders it again. */
export interface TimelineProps {
  /** Whose messages: "Engines", "this thread". */
  name: string;
  /** What stands above the first message of all, if anything. */
  start: ReactNode;
  rows: readonly Row[];
  hasBefore: boolean;
  loadingBefore: boolean;
  hasAfter: boolean;
  loadingAfter: boolean;
  /** Where the unread ones began when this was opened. */
  divider?: DividerView | undefined;
  /** The message to go to, and a number that grows with each time. */
  target?: { id: string; jump: number } | undefined;
}

/** The messages of a group or a thread, oldest first, with a bounded number of them in the page. */
export const Timeline = memo(function Timeline(props: TimelineProps) {
  const { name, start, hasBefore, loadingBefore, hasAfter, loadingAfter, divider, target } = props;
  const conversation = useConversation();
  const { client, groupId, parentId, me } = conversation;
  const thread = parentId ?? undefined;
  const { userOf } = use(PeopleContext);
  const [location, navigate] = useLocation();
  const [editing, setEditing] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const deletions = useDeletions();
  const rows = useMemo(() => withoutDeleted(props.rows, deletions), [props.rows, deletions]);
  const newAfter = divider?.afterSeq;
  const hasStart = start !== null;
  const items = useMemo(
    () => timelineItems(rows, { hasStart, hasBefore, me, newAfter }),
    [rows, hasStart, hasBefore, me, newAfter],
  );
  const place = useDivider(divider, { rows, items, hasBefore });
  const flash = useFlash(target);
  const isWatching = useWatching();
  const arrivals = useArrivals(rows, { me, hasAfter });

  const looked = useRef<() => void>(() => undefined);
  const scroll = useTimelineScroll(items, {
    name: `${groupId} ${parentId}`,
    hasBefore,
    loadBefore: useCallback(() => void client.loadBefore(thread), [client, thread]),
    hasAfter,
    loadAfter: useCallback(() => void client.loadAfter(thread), [client, thread]),
    target,
    looked: useCallback(() => looked.current(), []),
  });
  const { list, toKey } = scroll;
  const look = useReading({
    shown: useCallback(
      () => (list.current ? shownSeq(list.current, items) : undefined),
      [list, items],
    ),
    read: useCallback((seq: number) => client.read(seq, thread), [client, thread]),
    isReading: isWatching && !place.isAbove,
  });
  useLayoutEffect(() => {
    looked.current = () => {
      const handle = list.current;
      if (!handle) return;
      place.looked(handle);
      client.lookAt(scroll.isFollowing() ? undefined : middleSeq(handle, items), thread);
      look();
    };
  });
  const unseen = useUnseen(rows, me, scroll.isAway);

  const run = useCallback(
    (command: RowCommand, message: Message) => {
      setFailure(undefined);
      const wish = { conversation, userOf, beginEdit: setEditing };
      void import('./row-command.ts')
        .then(({ runCommand }) => runCommand(command, message, wish))
        .then(setFailure, () => setFailure(NOT_LOADED));
    },
    [conversation, userOf],
  );
  const onEdited = useCallback(() => setEditing(undefined), []);
  const keys = useRowKeys(items, { list, conversation, run, letGo: scroll.letGo });

  const { toEnd } = scroll;
  const toNewest = useCallback(() => {
    if (hasAfter) void client.jumpToNewest(thread).then(toEnd);
    else toEnd();
    if (thread === undefined && location !== `/g/${groupId}`) {
      navigate(`/g/${groupId}${window.location.search}`, { replace: true });
    }
  }, [hasAfter, client, thread, toEnd, groupId, location, navigate]);

  useEffect(
    () =>
      onComposerRequest((request) => {
        if (request.groupId !== groupId || request.parentId !== parentId) return;
        if (request.type === 'newest') toNewest();
        if (request.type !== 'edit_last' || hasAfter) return;
        const last = items.findLast((item) => isMine(item, me));
        if (last?.type !== 'message' || last.row.state !== 'sent') return;
        if (!permitted(last.row.message, conversation).edit) return;
        setEditing(last.key);
        toKey(last.key, 'nearest');
      }),
    [items, me, groupId, parentId, hasAfter, conversation, toKey, toNewest],
  );

  const { activeKey } = keys;
  const renderItem = useCallback(
    (item: TimelineItem) => (
      <TimelineRow
        isActive={item.key === activeKey}
        isEditing={item.key === editing}
        isFlashed={item.key === flash}
        item={item}
        key={item.key}
        onEdited={onEdited}
        run={run}
        start={start}
      />
    ),
    [activeKey, editing, flash, onEdited, run, start],
  );
  // The focus and what is typed must outlive scrolling away from them.
  const kept = useMemo(
    () => items.flatMap(({ key }, index) => (key === activeKey || key === editing ? [index] : [])),
    [items, activeKey, editing],
  );

  function onClick(event: React.MouseEvent): void {
    const link = ownLink(event);
    if (!link) return;
    event.preventDefault();
    // The same address again is no navigation, but still a wish to be there.
    if (link.path === location && link.messageId) void client.jumpTo(link.messageId);
    else navigate(link.path);
  }

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <ScrollRegion
        aria-label={`Messages in ${name}`}
        aria-live="off"
        className="flex flex-1 flex-col overflow-x-hidden overflow-y-auto overscroll-contain pb-2 [overflow-anchor:none]"
        onClick={onClick}
        onKeyDown={keys.onKeyDown}
        onPointerDown={scroll.letGo}
        onWheel={scroll.letGo}
        role="log"
      >
        {/* Few messages stand at the bottom, above the composer. */}
        <div className="grow" />
        <Virtualizer
          bufferSize={AHEAD_PX}
          data={items}
          keepMounted={kept}
          onResize={scroll.onResize}
          onScroll={scroll.onScroll}
          ref={list}
          shift={scroll.isShift}
        >
          {renderItem}
        </Virtualizer>
      </ScrollRegion>
      <Spoken arrivals={arrivals} rows={rows} />
      {(loadingBefore || loadingAfter) && !place.isAbove && (
        <p
          className={`absolute left-1/2 -translate-x-1/2 animate-fade rounded-pill bg-overlay px-3 py-1 text-meta text-muted shadow-overlay ${loadingBefore ? 'top-2' : 'bottom-14'}`}
          role="status"
        >
          Loading {loadingBefore ? 'older' : 'newer'} messages…
        </p>
      )}
      {divider && place.isAbove && (
        <Late>
          <UnreadBar
            divider={divider}
            goThere={
              place.key === undefined ? undefined : () => toKey(place.key ?? '', 'start', -96)
            }
            isCountedWhole={place.key !== undefined}
            markRead={() => {
              client.read(Math.max(newestSeq(rows), client.getView().group?.lastSeq ?? 0), thread);
              client.clearDivider();
            }}
          />
        </Late>
      )}
      {failure !== undefined && (
        <div className="px-(--row-gutter) pb-1">
          <Notice>{failure}</Notice>
        </div>
      )}
      {(scroll.isAway || hasAfter) && <NewestButton count={unseen} onClick={toNewest} />}
      {deletions.length > 0 && (
        <Late>
          <UndoBar deletions={deletions} rows={props.rows} />
        </Late>
      )}
    </div>
  );
});

function isMine(item: TimelineItem, me: string): boolean {
  return item.type === 'message' && item.row.state === 'sent' && item.row.message.userId === me;
}

/** How many messages of others came below what the reader looks at. */
function useUnseen(rows: readonly Row[], me: string, isAway: boolean): number {
  const newest = newestSeq(rows);
  const [seen, setSeen] = useState(newest);
  // At the end everything is seen; derived while rendering, so that no frame shows an old count.
  if (!isAway && seen !== newest) setSeen(newest);
  return isAway ? arrivalsAfter(rows, seen, me).length : 0;
}
