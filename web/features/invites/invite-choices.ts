/** A value that a form offers, and its words. */
export interface InviteChoice<T> {
  value: T;
  text: string;
}

/** How long an invitation can work, in days. */
export const EXPIRY_CHOICES: readonly InviteChoice<number>[] = [
  { value: 1, text: '1 day' },
  { value: 7, text: '7 days' },
  { value: 30, text: '30 days' },
];

/** How many people can join by it. */
export const USES_CHOICES: readonly InviteChoice<number | undefined>[] = [
  { value: undefined, text: 'No limit' },
  { value: 1, text: '1' },
  { value: 10, text: '10' },
  { value: 50, text: '50' },
  { value: 100, text: '100' },
];
