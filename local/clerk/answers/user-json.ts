import type { LocalUser } from '../state/users.ts';

/** The path of the stand-in's pictures. */
export const PICTURES_PATH = '/__clerk/pictures';

/** Returns the id of the account's only address. */
function addressId(user: LocalUser): string {
  return user.id.replace('user_', 'idn_');
}

/**
 * Returns the URL of the uploaded picture, or of a generated one. Clerk's components need an absolute URL and pass
 * `origin`. Stored URLs omit it, because the port can change between runs.
 */
export function imageUrlOf(user: LocalUser, origin = ''): string {
  return `${origin}${PICTURES_PATH}/${user.pictureId ?? user.id}`;
}

/** Clerk's verification object of an address or a step. */
export function verificationJson(strategy: string) {
  return {
    status: 'verified',
    strategy,
    attempts: null,
    expire_at: null,
    error: null,
    verified_at_client: null,
  };
}

/** Clerk's user object, as in its Frontend API, its Backend API and its webhooks. */
export function userJson(user: LocalUser, origin?: string) {
  return {
    object: 'user',
    id: user.id,
    external_id: null,
    primary_email_address_id: addressId(user),
    primary_phone_number_id: null,
    primary_web3_wallet_id: null,
    image_url: imageUrlOf(user, origin),
    has_image: user.pictureId !== null,
    profile_image_id: user.pictureId,
    username: null,
    first_name: user.firstName,
    last_name: user.lastName,
    email_addresses: [
      {
        object: 'email_address',
        id: addressId(user),
        email_address: user.address,
        verification: verificationJson('admin'),
        linked_to: [],
        matches_sso_connection: false,
      },
    ],
    phone_numbers: [],
    web3_wallets: [],
    external_accounts: [],
    enterprise_accounts: [],
    passkeys: [],
    organization_memberships: [],
    saml_accounts: [],
    password_enabled: user.password !== null,
    totp_enabled: false,
    backup_code_enabled: false,
    two_factor_enabled: false,
    banned: false,
    locked: false,
    public_metadata: {},
    unsafe_metadata: {},
    last_sign_in_at: null,
    create_organization_enabled: false,
    create_organizations_limit: null,
    delete_self_enabled: false,
    legal_accepted_at: null,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  };
}
