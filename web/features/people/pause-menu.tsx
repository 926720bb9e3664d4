import { BellOff, ChevronRight } from 'lucide-react';
import * as Menu from 'radix-ui/dropdown-menu';
import { Link } from 'wouter';
import { useChangeSettings, useSettings } from '../../api/settings.ts';
import { MENU_ITEM } from '../../ui/overlays/menu-item.ts';
import { dayAndTimeOf } from '../../ui/words/moment.ts';
import { PAUSE_ENDS, pauseEnd } from './pause-ends.ts';

const ITEM = `${MENU_ITEM} text-default data-[highlighted]:text-strong`;

/** The part of the person menu that pauses notifications on all of my devices. */
export function PauseMenu() {
  const until = useSettings().data?.doNotDisturb.until ?? 0;
  const change = useChangeSettings();
  const now = Date.now();
  const pause = (end: number | null) => void change.run({ doNotDisturb: { until: end } });
  return (
    <Menu.Sub>
      <Menu.SubTrigger className={ITEM}>
        <BellOff aria-hidden="true" size={16} />
        <span className="flex-1">Pause notifications</span>
        <ChevronRight aria-hidden="true" className="text-muted rtl:-scale-x-100" size={16} />
      </Menu.SubTrigger>
      <Menu.SubContent
        className="z-50 w-56 animate-enter rounded-card bg-overlay p-1.5 shadow-overlay"
        collisionPadding={8}
        sideOffset={4}
      >
        {until > now && (
          <>
            <Menu.Label className="px-2.5 py-1 text-meta text-muted">
              Paused until {dayAndTimeOf(until, now)}
            </Menu.Label>
            <Menu.Item className={ITEM} onSelect={() => pause(null)}>
              Resume now
            </Menu.Item>
          </>
        )}
        {PAUSE_ENDS.map(({ id, label }) => (
          <Menu.Item className={ITEM} key={id} onSelect={() => pause(pauseEnd(id, Date.now()))}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Item asChild className={ITEM}>
          <Link href="/settings/do-not-disturb">Another time, schedule…</Link>
        </Menu.Item>
      </Menu.SubContent>
    </Menu.Sub>
  );
}
