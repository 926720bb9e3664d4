import { Bell } from 'lucide-react';
import { useId } from 'react';
import { useSignedIn } from '../../session/use-session.ts';
import { Button } from '../../ui/controls/button.tsx';
import { changeChoices } from './device-choices.ts';
import { turnOn } from './turn-on.ts';

/** Asks whether to turn notifications on, over a corner of the page, so that nothing moves. Loads late: it is shown once. */
export function NotificationBar() {
  const session = useSignedIn();
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="fixed start-2 z-40 w-61 animate-enter rounded-card bg-overlay p-3 shadow-overlay max-desktop:inset-x-2 max-desktop:top-2 max-desktop:w-auto desktop:bottom-2"
    >
      <h2 className="flex items-center gap-2 font-semibold text-strong" id={id}>
        <Bell aria-hidden="true" className="shrink-0 text-muted" size={16} />
        Turn on notifications?
      </h2>
      <p className="mt-1 text-secondary text-muted">
        Hear of mentions and direct messages while this page is hidden.
      </p>
      <div className="mt-2.5 flex gap-2">
        <Button look="primary" onClick={() => void turnOn(session)}>
          Turn on
        </Button>
        <Button onClick={() => changeChoices({ wasAsked: true })}>Not now</Button>
      </div>
    </section>
  );
}
