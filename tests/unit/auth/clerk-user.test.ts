import { expect, test } from 'vitest';
import { type ClerkUser, profileOf } from '../../../worker/auth/clerk-user.ts';

const ada: ClerkUser = {
  id: 'user_ada',
  first_name: 'Ada',
  last_name: 'Lovelace',
  username: null,
  image_url: 'https://img.example.com/ada',
  primary_email_address_id: 'idn_2',
  email_addresses: [
    { id: 'idn_1', email_address: 'old@example.com', verification: { status: 'unverified' } },
    { id: 'idn_2', email_address: 'Ada@example.com', verification: { status: 'verified' } },
  ],
  created_at: 1_000,
  updated_at: 2_000,
};

test("a profile has the full name and the version's time", () => {
  expect(profileOf(ada, undefined)).toEqual({
    id: 'user_ada',
    name: 'Ada Lovelace',
    imageUrl: 'https://img.example.com/ada',
    role: 'member',
    profileAt: 2_000,
    createdAt: 1_000,
  });
});

function nameless(address: string): Partial<ClerkUser> {
  const only = { id: 'idn_2', email_address: address, verification: null };
  return { first_name: null, last_name: null, email_addresses: [only] };
}

test.for<[string, Partial<ClerkUser>]>([
  ['Ada', { last_name: null }],
  ['Lovelace', { first_name: ' ' }],
  ['countess', { first_name: null, last_name: '', username: 'countess' }],
  ['Ada', { first_name: null, last_name: null }],
  ['old', { first_name: null, last_name: null, primary_email_address_id: null }],
  ['Someone', { first_name: null, last_name: null, email_addresses: [] }],
  ['countess', { first_name: '\u200b', last_name: null, username: 'countess' }],
  ['Ada', { first_name: 'A\0da', last_name: null }],
  ['ada.b', nameless('ada.b_1815@example.com')],
  ['1815', nameless('1815@example.com')],
])('a user without a full name is called %s', ([name, parts]) => {
  expect(profileOf({ ...ada, ...parts }, '').name).toBe(name);
});

test.for(['user_ada', ' somebody@example.com, ada@EXAMPLE.com'])(
  'a user id or a verified address in ADMINS makes an admin: %s',
  (admins) => {
    expect(profileOf(ada, admins).role).toBe('admin');
  },
);

test.for(['', ',', 'old@example.com', 'USER_ADA', 'user_adam', 'example.com'])(
  'nothing else does: %s',
  (admins) => {
    expect(profileOf(ada, admins).role).toBe('member');
  },
);
