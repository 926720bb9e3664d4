import type { Refusal } from './answers/client-json.ts';

/** Clerk's default limits of a password, in characters. */
export const PASSWORD_LENGTH = { min: 8, max: 72 } as const;

/** Returns the refusal of a bad password, at the form field `param`; undefined for a good one. */
export function passwordRefusal(password: string, param: string): Refusal | undefined {
  const { min, max } = PASSWORD_LENGTH;
  if (password.length < min) {
    const message = `Passwords must be ${min} characters or more.`;
    return { status: 422, code: 'form_password_length_too_short', message, param };
  }
  if (password.length > max) {
    const message = `Passwords must be ${max} characters or fewer.`;
    return { status: 422, code: 'form_password_length_too_long', message, param };
  }
  return undefined;
}
