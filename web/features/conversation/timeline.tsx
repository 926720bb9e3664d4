import {
  lazy,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Virtualizer } from 'virtua';
import type { DividerView, TimelineRow as Row, TargetView } from '../../realtime/group-view.ts';
import { ScrollRegion } from '../../ui/controls/scroll-region.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Late } from '../../ui/overlays/late.tsx';
import { useRowCommands } from './actions/use-row-commands.ts';
import { useRowKeys } from './actions/use-row-keys.ts';
import { useRowToolbar } from './actions/use-row-toolbar.ts';
import { useConversation } from './conversation-context.ts';
import { ListBars, Loading } from './list/list-bars.tsx';
import { Spoken } from './list/spoken.tsx';
import { type TimelineItem, timelineItems } from './list/timeline-items.ts';
import { useArrivals, useUnseen } from './list/use-arrivals.ts';
import { useDivider } from './list/use-divider.ts';
import { useKeptFocus } from './list/use-kept-focus.ts';
import { useListRequests, useToNewest } from './list/use-list-requests.ts';
import { useFlash, useListSight } from './list/use-list-sight.ts';
import { useOwnLinks } from './message/use-own-links.ts';
import { TimelineRow } from './timeline-row.tsx';

const NewestButton = lazy(() =>
  import('./list/newest-button.tsx').then((file) => ({ default: file.NewestButton })),
);
const UndoBar = lazy(() =>
  import('../../ui/undo-bar.tsx').then((file) => ({ default: file.UndoBar })),
);
const UnreadBar = lazy(() =>
  import('./list/unread-bar.tsx').then((file) => ({ default: file.UnreadBar })),
);

/** Items are rendered and measured this far outside the view, so that fast scrolling does not show unmeasured ones. */
const AHEAD_PX = 1_000;

/** The parts of a `RangeView` that the list depends on, so that nothing else renders it again. */
export interface TimelineProps {
  /** The name of the conversation: "Engines", "this thread". */
  name: string;
  /** The content above the very first message, if any. */
  start: ReactNode;
  rows: readonly Row[];
  /** False while the list shows only what the page knew before: it stands at its end and has no position to remember. */
  isLoaded?: boolean;
  hasBefore: boolean;
  loadingBefore: boolean;
  hasAfter: boolean;
  loadingAfter: boolean;
  /** Where the unread messages began when the list was opened. */
  divider?: DividerView | undefined;
  /** The message to scroll to, if this list shows it. */
  target?: TargetView | undefined;
  /** The id of the message that I deleted last, while I can undo it. */
  removed?: string | undefined;
}

/** The messages of a group or a thread, oldest first, with a bounded number of them in the page. */
export const Timeline = memo(function Timeline(props: TimelineProps) {
  const {
    name,
    start,
    rows,
    isLoaded = true,
    hasBefore,
    loadingBefore,
    hasAfter,
    loadingAfter,
    divider,
    removed,
  } = props;
  const conversation = useConversation();
  const { client, parentId, me } = conversation;
  const thread = parentId ?? undefined;
  // The timeline and an open thread may both hold the message.
  const target = props.target?.parentId === thread ? props.target : undefined;
  const targetId = target?.id;
  const [seeksDivider, setSeeksDivider] = useState(false);
  const newAfter = divider?.afterSeq;
  const hasStart = start !== null;
  const items = useMemo(
    () => timelineItems(rows, { hasStart, hasBefore, me, newAfter, targetId }),
    [rows, hasStart, hasBefore, me, newAfter, targetId],
  );
  const place = useDivider(divider, { rows, items, hasBefore });
  const flash = useFlash(target);
  // What loads before the list is placed is history.
  const arrivals = useArrivals(rows, { me, hasAfter: hasAfter || !isLoaded });
  const scroll = useListSight(items, { isLoaded, hasBefore, hasAfter, target, divider: place });
  const { list, toDivider } = scroll;
  const unseen = useUnseen(rows, me, scroll.isAway);
  const { editing, failure, run, edit, edited } = useRowCommands();
  const { shown, setOverlay, handlers } = useRowToolbar(items);
  const keys = useRowKeys({
    items,
    list,
    conversation,
    run,
    react: (key) => setOverlay(key, 'reactions'),
    letGo: scroll.letGo,
  });
  const { key: toolKey, overlay, isTouched = false } = shown ?? {};
  const toNewest = useToNewest(hasAfter, scroll.toEnd);
  const followLink = useOwnLinks();

  const { toKey } = scroll;
  const editInView = useCallback(
    (id: string) => {
      edit(id);
      toKey(id, 'nearest');
    },
    [edit, toKey],
  );
  useListRequests({ items, hasAfter, edit: editInView, toNewest });

  const dividerKey = place.key;
  useEffect(() => {
    if (!seeksDivider || dividerKey === undefined) return;
    setSeeksDivider(false);
    toDivider(dividerKey);
  }, [seeksDivider, dividerKey, toDivider]);

  const { activeKey, activate } = keys;
  const region = useRef<HTMLElement>(null);
  const keptFocus = useKeptFocus(region, activeKey);
  const openOverlay = useCallback<typeof setOverlay>(
    (key, overlay, isTouched) => {
      // The focus returns to the message of a closed overlay, and the keys go on from there.
      if (overlay !== 'none') activate(key);
      setOverlay(key, overlay, isTouched);
    },
    [activate, setOverlay],
  );
  const renderItem = useCallback(
    (item: TimelineItem) => (
      <TimelineRow
        isActive={item.key === activeKey}
        isEditing={item.key === editing}
        isFlashed={item.key === flash}
        item={item}
        key={item.key}
        onEdited={edited}
        isTouched={item.key === toolKey && isTouched}
        run={run}
        setOverlay={openOverlay}
        start={start}
        toolbar={item.key === toolKey ? overlay : undefined}
      />
    ),
    [activeKey, editing, flash, edited, run, start, toolKey, overlay, isTouched, openOverlay],
  );
  // The focus and a text that is being typed must survive scrolling.
  const kept = useMemo(
    () => items.flatMap(({ key }, index) => (key === activeKey || key === editing ? [index] : [])),
    [items, activeKey, editing],
  );

  return (
    <div className="relative flex min-h-0 flex-1 flex-col" {...keptFocus}>
      <ScrollRegion
        aria-label={`Messages in ${name}`}
        aria-live="off"
        className="flex flex-1 flex-col overflow-x-hidden overflow-y-auto overscroll-contain pb-2 [overflow-anchor:none]"
        onClick={followLink}
        onKeyDown={keys.onKeyDown}
        onPointerDown={scroll.letGo}
        onWheel={scroll.letGo}
        ref={region}
        role="log"
        {...handlers}
      >
        {/* Few messages stand at the bottom, above the composer; in a thread below the top, where its root is. */}
        {thread === undefined && <div className="grow" />}
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
      {divider && place.isAbove ? (
        <Late>
          <UnreadBar
            divider={divider}
            onJump={() => {
              setSeeksDivider(true);
              if (dividerKey === undefined) void client.jumpToDivider();
            }}
            rows={rows}
          />
        </Late>
      ) : (
        loadingBefore && (
          <Loading className="absolute top-2 left-1/2 -translate-x-1/2" what="older" />
        )
      )}
      <ListBars>
        {loadingAfter && <Loading what="newer" />}
        {(scroll.isAway || hasAfter) && (
          <Late>
            <NewestButton count={unseen} onClick={toNewest} />
          </Late>
        )}
        {removed !== undefined && (
          <Late>
            <UndoBar onUndo={() => client.undoRemoval(removed)}>Message deleted</UndoBar>
          </Late>
        )}
      </ListBars>
      {failure !== undefined && (
        <div className="px-(--row-gutter) pb-1">
          <Notice>{failure}</Notice>
        </div>
      )}
    </div>
  );
});
