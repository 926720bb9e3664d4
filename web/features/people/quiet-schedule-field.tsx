import { useState } from 'react';
import type { QuietSchedule } from '../../../protocol/do-not-disturb.ts';
import { SwitchField } from '../../ui/controls/switch-field.tsx';

/** In the order of a week that begins on Monday; a value is that of `Date.getDay`. */
const DAYS = [
  { day: 1, name: 'Mon' },
  { day: 2, name: 'Tue' },
  { day: 3, name: 'Wed' },
  { day: 4, name: 'Thu' },
  { day: 5, name: 'Fri' },
  { day: 6, name: 'Sat' },
  { day: 0, name: 'Sun' },
] as const;

const FIELD =
  'min-h-9 rounded-small bg-canvas px-2 text-strong outline-1 -outline-offset-1 outline-outline focus-visible:outline-2 focus-visible:outline-accent-text';

/** A schedule for every night, in the time zone of this browser. */
function everyNight(): QuietSchedule {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { from: '22:00', to: '08:00', days: DAYS.map(({ day }) => day), timeZone };
}

/**
 * The weekly schedule of do-not-disturb. Each change takes effect at once, and builds on the one before, also while the server
 * has not answered that.
 */
export function QuietScheduleField({
  schedule: known,
  isChanging,
  onChange,
}: {
  /** As the server has it; null without one. */
  schedule: QuietSchedule | null;
  /** A change is on its way. */
  isChanging: boolean;
  onChange: (schedule: QuietSchedule | null) => void;
}) {
  const [sent, setSent] = useState(known);
  /** The last one, to be turned on again. */
  const [kept, setKept] = useState(known);
  const schedule = isChanging ? sent : known;
  const put = (next: QuietSchedule | null): void => {
    setSent(next);
    if (next) setKept(next);
    onChange(next);
  };
  const change = (part: Partial<QuietSchedule>): void =>
    put({ ...(schedule ?? kept ?? everyNight()), ...part });
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="sr-only">Schedule</legend>
      <SwitchField
        checked={schedule !== null}
        hint="The same hours on the days that you choose."
        label="Pause by a schedule"
        onChange={(isOn) => (isOn ? change({}) : put(null))}
      />
      {schedule && (
        <>
          <div className="flex flex-wrap items-center gap-3">
            <label className="flex items-center gap-2">
              From
              <input
                className={FIELD}
                onChange={({ target }) => target.value && change({ from: target.value })}
                type="time"
                value={schedule.from}
              />
            </label>
            <label className="flex items-center gap-2">
              to
              <input
                className={FIELD}
                onChange={({ target }) => target.value && change({ to: target.value })}
                type="time"
                value={schedule.to}
              />
            </label>
          </div>
          <div className="flex flex-wrap gap-1.5">
            {DAYS.map(({ day, name }) => (
              <button
                aria-pressed={schedule.days.includes(day)}
                className="min-h-9 min-w-11 rounded-small px-1 text-secondary text-default outline-1 -outline-offset-1 outline-outline hover:bg-hover aria-pressed:bg-accent-tint aria-pressed:font-semibold aria-pressed:text-strong disabled:cursor-default"
                // A schedule without a day is none: the switch ends it.
                disabled={schedule.days.length === 1 && schedule.days.includes(day)}
                key={day}
                onClick={() => change({ days: toggled(schedule.days, day) })}
                type="button"
              >
                {name}
              </button>
            ))}
          </div>
          <p className="text-secondary text-muted">
            Times are those of {schedule.timeZone.replaceAll('_', ' ')}.
          </p>
        </>
      )}
    </fieldset>
  );
}

function toggled(days: readonly number[], day: number): number[] {
  return days.includes(day) ? days.filter((other) => other !== day) : [...days, day];
}
