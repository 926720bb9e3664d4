import { timeFormats } from '../../ui/words/moment.ts';

/**
 * The time there now with its weekday, as this browser writes times: "Monday 14:02". Undefined for a zone that this browser
 * does not know.
 */
export function localTimeIn(timeZone: string, now: number): string | undefined {
  try {
    const options = timeFormats().time.resolvedOptions();
    return new Intl.DateTimeFormat(options.locale, {
      weekday: 'long',
      hour: 'numeric',
      minute: '2-digit',
      hourCycle: options.hourCycle,
      timeZone,
    }).format(now);
  } catch {
    return undefined;
  }
}
