import { useState } from 'react';
import { useChangeSettings, useSettings } from '../../api/settings.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { dayAndTimeOf } from '../../ui/words/moment.ts';
import { PAUSE_ENDS, pauseEnd } from './pause-ends.ts';
import { QuietScheduleField } from './quiet-schedule-field.tsx';

/** When I do not want to be disturbed, on all of my devices: until a time, and by a weekly schedule. */
export function DoNotDisturbSettings() {
  const settings = useSettings();
  const pause = useChangeSettings();
  const schedule = useChangeSettings();
  if (!settings.data) {
    if (settings.failure) return <Notice>{settings.failure.detail}</Notice>;
    return <Skeleton className="h-24 w-full" />;
  }
  const { doNotDisturb } = settings.data;
  const failure = pause.failure ?? schedule.failure;
  return (
    <>
      <Pause
        onChange={(until) => void pause.run({ doNotDisturb: { until } })}
        until={doNotDisturb.until}
      />
      <QuietScheduleField
        isChanging={schedule.isPending}
        onChange={(changed) => void schedule.run({ doNotDisturb: { schedule: changed } })}
        schedule={doNotDisturb.schedule ?? null}
      />
      {failure && <Notice>{failure.detail}</Notice>}
    </>
  );
}

function Pause({
  until,
  onChange,
}: {
  until: number | undefined;
  onChange: (until: number | null) => void;
}) {
  const [chosen, setChosen] = useState('');
  const custom = chosen === '' ? Number.NaN : new Date(chosen).getTime();
  const now = Date.now();
  const isPaused = until !== undefined && until > now;
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1.5 font-semibold text-strong">Pause notifications</legend>
      <p className="text-secondary text-muted" role="status">
        {isPaused
          ? `Paused until ${dayAndTimeOf(until, now)}.`
          : 'Others see that you do not want to be disturbed. Messages still arrive.'}
      </p>
      <div className="flex flex-wrap gap-1.5">
        {PAUSE_ENDS.map(({ id, label }) => (
          <Button key={id} look="outline" onClick={() => onChange(pauseEnd(id, Date.now()))}>
            {label}
          </Button>
        ))}
        {isPaused && <Button onClick={() => onChange(null)}>Resume now</Button>}
      </div>
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (custom > now) onChange(custom);
        }}
      >
        <label className="flex flex-col gap-1 text-secondary text-muted">
          Until another time
          <input
            className="min-h-9 rounded-small bg-canvas px-2 text-body text-strong outline-1 -outline-offset-1 outline-outline focus-visible:outline-2 focus-visible:outline-accent-text"
            onChange={({ target }) => setChosen(target.value)}
            type="datetime-local"
            value={chosen}
          />
        </label>
        <Button disabled={!(custom > now)} look="outline" type="submit">
          Pause
        </Button>
      </form>
    </fieldset>
  );
}
