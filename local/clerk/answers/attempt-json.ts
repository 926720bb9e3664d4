import type { StandInContext } from '../stand-in-env.ts';
import type { SignInAttempt, SignUpAttempt } from '../state/clients.ts';
import { findUserByAddress } from '../state/users.ts';
import { imageUrlOf, verificationJson } from './user-json.ts';

/** How long Clerk keeps an unfinished attempt. */
const ATTEMPT_LIFE_MS = 24 * 60 * 60_000;

/** A finished sign-in: its strategy, and the session that it began. */
export interface SignInDone {
  strategy: 'password' | 'ticket';
  sessionId: string;
}

/** Clerk's sign-in object: without an address, without a password, or complete. */
export function signInJson(c: StandInContext, attempt: SignInAttempt, done?: SignInDone) {
  const { identifier } = attempt;
  const user = identifier === null ? undefined : findUserByAddress(c.env.sql, identifier);
  const pending = user ? 'needs_first_factor' : 'needs_identifier';
  return {
    object: 'sign_in',
    id: attempt.id,
    status: done ? 'complete' : pending,
    identifier,
    supported_identifiers: ['email_address'],
    supported_first_factors: user && !done ? [{ strategy: 'password' }] : null,
    supported_second_factors: null,
    first_factor_verification: done ? verificationJson(done.strategy) : null,
    second_factor_verification: null,
    user_data: user
      ? {
          first_name: user.firstName,
          last_name: user.lastName,
          image_url: imageUrlOf(user, new URL(c.req.url).origin),
          has_image: user.pictureId !== null,
        }
      : null,
    created_session_id: done?.sessionId ?? null,
    abandon_at: Date.now() + ATTEMPT_LIFE_MS,
    client_trust_state: 'known',
  };
}

/** Lists the required fields that a sign-up lacks. */
function missingFields(attempt: SignUpAttempt): string[] {
  return [
    ...(attempt.address === null ? ['email_address'] : []),
    ...(attempt.password === null ? ['password'] : []),
  ];
}

/** A finished sign-up: the user and the session that it created. */
export interface SignUpDone {
  userId: string;
  sessionId: string;
}

/** Clerk's sign-up object: with fields missing, or complete. */
export function signUpJson(attempt: SignUpAttempt, done?: SignUpDone) {
  const unverified = {
    email_address: null,
    phone_number: null,
    web3_wallet: null,
    external_account: null,
  };
  return {
    object: 'sign_up',
    id: attempt.id,
    status: done ? 'complete' : 'missing_requirements',
    required_fields: ['email_address', 'password'],
    optional_fields: ['first_name', 'last_name'],
    missing_fields: missingFields(attempt),
    unverified_fields: [],
    username: null,
    first_name: attempt.firstName,
    last_name: attempt.lastName,
    email_address: attempt.address,
    phone_number: null,
    web3_wallet: null,
    external_account: null,
    external_account_strategy: null,
    has_password: attempt.password !== null,
    unsafe_metadata: {},
    created_session_id: done?.sessionId ?? null,
    created_user_id: done?.userId ?? null,
    abandon_at: Date.now() + ATTEMPT_LIFE_MS,
    legal_accepted_at: null,
    locale: null,
    verifications: unverified,
  };
}
