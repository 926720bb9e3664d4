import type { Result } from '../../../protocol/errors.ts';
import type { PushHealth } from '../../../protocol/push.ts';
import type { Caller } from '../../api/request.ts';
import { changeChoices } from './device-choices.ts';
import { subscribeHere } from './push-here.ts';

/**
 * Turns notifications on in this browser: asks for the permission, so it must be called by a click, then subscribes to pushes.
 * Returns how pushes fare; undefined without the permission.
 */
export async function turnOn(caller: Caller): Promise<Result<PushHealth> | undefined> {
  const permission = await Notification.requestPermission();
  changeChoices({ wasAsked: true, ...(permission === 'granted' && { isOn: true }) });
  return permission === 'granted' ? await subscribeHere(caller) : undefined;
}
