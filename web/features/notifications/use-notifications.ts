import { useEffect, useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import * as z from 'zod/mini';
import { forgetting } from '../../realtime/forgetting.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { currentChoices } from './device-choices.ts';
import { canNotify } from './registration.ts';

/** What the service worker sends when a notification is clicked. */
const Opened = z.object({ type: z.literal('open'), path: z.string() });

/**
 * Opens what a clicked notification leads to, renews the push subscription of this browser at each opening of the page, and
 * ends it when the user signs out.
 */
export function useNotifications(): void {
  // A later session of the same user would renew it once more for nothing.
  const [session] = useState(useSignedIn());
  useEffect(() => {
    if (!canNotify()) return;
    const opened = ({ data }: MessageEvent<unknown>) => {
      const message = Opened.safeParse(data);
      if (message.success) navigate(message.data.path);
    };
    navigator.serviceWorker.addEventListener('message', opened);
    const unwatch = forgetting.watch(() => {
      import('./forget-here.ts').then(({ forgetHere }) => forgetHere()).catch(() => undefined);
    });
    return () => {
      navigator.serviceWorker.removeEventListener('message', opened);
      unwatch();
    };
  }, []);
  useEffect(() => {
    if (!canNotify() || Notification.permission !== 'granted' || !currentChoices().isOn) return;
    // One that fails is renewed next time; the settings say what is wrong.
    import('./push-here.ts')
      .then(({ subscribeHere }) => subscribeHere(session))
      .catch(() => undefined);
  }, [session]);
}
