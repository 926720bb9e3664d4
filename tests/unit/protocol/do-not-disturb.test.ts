import { describe, expect, it } from 'vitest';
import {
  type DoNotDisturb,
  isDoNotDisturb,
  nextChange,
  QuietSchedule,
} from '../../../protocol/do-not-disturb.ts';

const DAILY = [0, 1, 2, 3, 4, 5, 6];
const at = (text: string) => Date.parse(text);
const NIGHT: DoNotDisturb = {
  schedule: { from: '22:00', to: '08:00', days: DAILY, timeZone: 'Europe/Berlin' },
};
const schedule = (change: Partial<QuietSchedule>): DoNotDisturb => ({
  schedule: { from: '22:00', to: '08:00', days: DAILY, timeZone: 'Europe/Berlin', ...change },
});

describe('do not disturb', () => {
  it.each<[what: string, settings: DoNotDisturb, time: string, isOn: boolean, next?: string]>([
    ['never without settings', {}, '2026-06-01T12:00Z', false],
    [
      'until a time',
      { until: at('2026-06-01T13:00Z') },
      '2026-06-01T12:59Z',
      true,
      '2026-06-01T13:00Z',
    ],
    ['not at that time', { until: at('2026-06-01T13:00Z') }, '2026-06-01T13:00Z', false],
    ['not before a night', NIGHT, '2026-06-01T19:59:59Z', false, '2026-06-01T20:00Z'],
    ['from its first moment', NIGHT, '2026-06-01T20:00Z', true, '2026-06-02T06:00Z'],
    ['over midnight', NIGHT, '2026-06-01T23:30Z', true, '2026-06-02T06:00Z'],
    ['not from its end', NIGHT, '2026-06-02T06:00Z', false, '2026-06-02T20:00Z'],
    ['in the winter, by the clock there', NIGHT, '2026-12-01T20:30Z', false, '2026-12-01T21:00Z'],
    [
      'in a night in which the clocks go forward',
      NIGHT,
      '2026-03-28T21:00Z',
      true,
      '2026-03-29T06:00Z',
    ],
    [
      'in a night in which the clocks go back',
      NIGHT,
      '2026-10-24T20:00Z',
      true,
      '2026-10-25T07:00Z',
    ],
    [
      'within a day',
      schedule({ from: '12:00', to: '13:00' }),
      '2026-06-01T10:30Z',
      true,
      '2026-06-01T11:00Z',
    ],
    [
      'not after it',
      schedule({ from: '12:00', to: '13:00' }),
      '2026-06-01T11:30Z',
      false,
      '2026-06-02T10:00Z',
    ],
    [
      'always, if all days are whole',
      schedule({ from: '00:00', to: '00:00' }),
      '2026-06-01T11:30Z',
      true,
    ],
    [
      'on a whole day from its start',
      schedule({ from: '09:00', to: '09:00', days: [6] }),
      '2026-06-07T06:59Z',
      true,
      '2026-06-07T07:00Z',
    ],
    [
      'only in nights that begin on their days',
      schedule({ days: [5] }),
      '2026-06-05T23:00Z',
      true,
      '2026-06-06T06:00Z',
    ],
    [
      'not in the night after',
      schedule({ days: [5] }),
      '2026-06-06T23:00Z',
      false,
      '2026-06-12T20:00Z',
    ],
    [
      'with a time that the clocks skip, from the one they show then',
      schedule({ from: '02:30', to: '04:00', timeZone: 'America/New_York' }),
      '2026-03-08T06:59Z',
      false,
      '2026-03-08T07:30Z',
    ],
    [
      'with a time that they show twice, from the first',
      schedule({ from: '01:30', to: '04:00', timeZone: 'America/New_York' }),
      '2026-11-01T05:00Z',
      false,
      '2026-11-01T05:30Z',
    ],
    [
      'until a time beyond the end of a night',
      { ...NIGHT, until: at('2026-06-02T09:00Z') },
      '2026-06-01T20:00Z',
      true,
      '2026-06-02T09:00Z',
    ],
    [
      'until a time within a night, and on to its end',
      { ...NIGHT, until: at('2026-06-01T21:00Z') },
      '2026-06-01T19:00Z',
      true,
      '2026-06-02T06:00Z',
    ],
    [
      'far from UTC',
      schedule({ timeZone: 'Pacific/Kiritimati', days: [1] }),
      '2026-06-01T09:00Z',
      true,
      '2026-06-01T18:00Z',
    ],
  ])('%s', (_, settings, time, isOn, next) => {
    expect(isDoNotDisturb(settings, at(time))).toBe(isOn);
    expect(nextChange(settings, at(time))).toBe(next === undefined ? undefined : at(next));
  });

  it.each<[string, Partial<Record<keyof QuietSchedule, unknown>>]>([
    ['a time that is none', { from: '24:00' }],
    ['a time with seconds', { to: '08:00:00' }],
    ['no day', { days: [] }],
    ['a day that is none', { days: [7] }],
    ['a zone that is none', { timeZone: 'Europe/Atlantis' }],
  ])('refuses %s', (_, change) => {
    expect(QuietSchedule.safeParse({ ...NIGHT.schedule, ...change }).success).toBe(false);
  });
});
