import { useCallback, useEffect, useState } from 'react';
import type { Result } from '../../../protocol/errors.ts';
import type { PushHealth } from '../../../protocol/push.ts';
import { testSubscription } from '../../api/push.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { Button } from '../../ui/controls/button.tsx';
import { SwitchField } from '../../ui/controls/switch-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { dayAndTimeOf } from '../../ui/words/moment.ts';
import { changeChoices, useChoices } from './device-choices.ts';
import { subscribeHere, unsubscribeHere } from './push-here.ts';
import { canNotify } from './registration.ts';
import { turnOn } from './turn-on.ts';

/** Whether and how this browser tells the user about messages, and whether what is sent to it arrives. */
export function NotificationSettings() {
  const { isOn, hasSound } = useChoices();
  const session = useSignedIn();
  const [health, setHealth] = useState<Result<PushHealth>>();
  const [permission, setPermission] = useState(canNotify() ? Notification.permission : undefined);
  const isActive = isOn && permission === 'granted';

  useEffect(() => {
    if (!isActive) return;
    let isShown = true;
    subscribeHere(session).then(
      (found) => isShown && setHealth(found),
      () => undefined,
    );
    return () => {
      isShown = false;
    };
  }, [isActive, session]);

  const change = useCallback(
    async (wanted: boolean) => {
      if (!wanted) {
        changeChoices({ isOn: false });
        setHealth(undefined);
        return unsubscribeHere(session, health?.ok ? health.value.id : undefined);
      }
      await turnOn(session);
      setPermission(Notification.permission);
      return undefined;
    },
    [session, health],
  );

  if (permission === undefined) {
    return <p className="text-muted">This browser window cannot show notifications.</p>;
  }
  return (
    <>
      <SwitchField
        checked={isActive}
        disabled={permission === 'denied'}
        hint="Mentions, direct messages, and what you chose in the details of each group."
        label="Notifications in this browser"
        onChange={(checked) => void change(checked)}
      />
      {permission === 'denied' && (
        <Notice>
          Your browser blocks notifications of this page. Permit them beside its address, then
          reload.
        </Notice>
      )}
      <SwitchField
        checked={hasSound}
        hint="Two soft notes with each notification, while Edgewise is open."
        label="Sound"
        onChange={(checked) => changeChoices({ hasSound: checked })}
      />
      {isActive && health && <Health health={health} onTested={setHealth} />}
    </>
  );
}

/** What happens while Edgewise is closed. */
function Health({
  health,
  onTested,
}: {
  health: Result<PushHealth>;
  onTested: (health: Result<PushHealth>) => void;
}) {
  const session = useSignedIn();
  const [isTesting, setTesting] = useState(false);
  const id = health.ok ? health.value.id : undefined;
  const test = async (tested: string) => {
    setTesting(true);
    onTested(await testSubscription(session, tested));
    setTesting(false);
  };
  return (
    <section className="flex flex-col items-start gap-2">
      <h3 className="font-semibold text-strong">While Edgewise is closed</h3>
      <p className="text-muted" role="status">
        {stateOf(health)}
      </p>
      {id !== undefined && (
        <Button busy={isTesting} look="outline" onClick={() => void test(id)}>
          Send a test notification
        </Button>
      )}
    </section>
  );
}

function stateOf(health: Result<PushHealth>): string {
  if (!health.ok) return health.failure.detail;
  const { failure, deliveredAt } = health.value;
  if (failure !== undefined) return failure;
  if (deliveredAt === undefined) return 'Notifications reach this browser, too.';
  return `Notifications reach this browser, too. Last one: ${dayAndTimeOf(deliveredAt, Date.now())}.`;
}
