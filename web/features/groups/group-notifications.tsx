import { BellOff, BellRing } from 'lucide-react';
import { useState } from 'react';
import type { NotificationLevel } from '../../../protocol/models.ts';
import { MUTED_FOR_GOOD } from '../../../protocol/muting.ts';
import { useMyGroups } from '../../api/my-groups.ts';
import { useChangePreferences } from '../../api/preferences.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { dayAndTimeOf } from '../../ui/words/moment.ts';
import { MUTE_CHOICES } from './mute-choices.ts';

const LEVELS: readonly { value: NotificationLevel; title: string }[] = [
  { value: 'all', title: 'All messages' },
  { value: 'mentions', title: 'Mentions' },
  { value: 'none', title: 'Nothing' },
];

/** What of a group notifies me, and until when it is muted. */
export function GroupNotifications({ groupId }: { groupId: string }) {
  const preferences = useChangePreferences(groupId);
  const entry = useMyGroups().data?.find(({ group }) => group.id === groupId);
  const [opensMute, setOpensMute] = useState(false);
  if (!entry) return null;
  const { level, mutedUntil = 0 } = entry;
  const muting = entry.group.kind === 'direct' ? 'Mute conversation' : 'Mute group';
  const now = Date.now();
  const isMuted = mutedUntil > now;
  const mute = (until: number | null) => {
    setOpensMute(false);
    void preferences.run({ mutedUntil: until });
  };
  return (
    <section className="flex flex-col items-start gap-3">
      <fieldset>
        <legend className="mb-1.5 font-semibold text-strong">Notify me about</legend>
        <div className="flex flex-wrap gap-x-4 gap-y-1">
          {LEVELS.map(({ value, title }) => (
            <label className="flex min-h-8 cursor-pointer items-center gap-2" key={value}>
              <input
                checked={level === value}
                className="size-4 accent-accent"
                name="level"
                onChange={() => void preferences.run({ level: value })}
                type="radio"
              />
              {title}
            </label>
          ))}
        </div>
      </fieldset>
      {isMuted ? (
        <div className="flex flex-col items-start gap-1">
          <p className="flex items-center gap-2 text-muted">
            <BellOff aria-hidden="true" size={16} />
            {mutedUntil >= MUTED_FOR_GOOD
              ? 'Muted until you turn it on again'
              : `Muted until ${dayAndTimeOf(mutedUntil, now)}`}
          </p>
          <Button className="-ms-3.5" onClick={() => mute(null)}>
            <BellRing aria-hidden="true" size={16} /> Unmute
          </Button>
        </div>
      ) : (
        <Button
          aria-expanded={opensMute}
          className="-ms-3.5"
          onClick={() => setOpensMute(!opensMute)}
        >
          <BellOff aria-hidden="true" size={16} /> {muting}
        </Button>
      )}
      {opensMute && !isMuted && (
        <fieldset className="flex flex-wrap gap-2">
          <legend className="sr-only">{muting}</legend>
          {MUTE_CHOICES.map(({ text, until }) => (
            <Button key={text} look="outline" onClick={() => mute(until(Date.now()))}>
              {text}
            </Button>
          ))}
        </fieldset>
      )}
      {preferences.failure && (
        <Notice>The setting was not saved. {preferences.failure.detail}</Notice>
      )}
    </section>
  );
}
