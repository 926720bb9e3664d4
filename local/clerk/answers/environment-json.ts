import { PASSWORD_LENGTH } from '../password-rules.ts';

/** An attribute that an account can have. Everything is off unless `over` sets it. */
function attribute(name: string, over: Record<string, unknown> = {}) {
  return {
    name,
    enabled: false,
    required: false,
    immutable: false,
    used_for_first_factor: false,
    first_factors: [],
    used_for_second_factor: false,
    second_factors: [],
    verifications: [],
    verify_at_sign_up: false,
    ...over,
  };
}

const ATTRIBUTES = [
  attribute('email_address', {
    enabled: true,
    required: true,
    // The stand-in sends no mail and cannot verify another address, so Clerk's components must not offer to add one.
    immutable: true,
    used_for_first_factor: true,
    first_factors: ['email_code'],
    verifications: ['email_code'],
  }),
  attribute('password', { enabled: true, required: true }),
  // Not required: if one is, Clerk's profile form cannot be saved without both.
  attribute('first_name', { enabled: true }),
  attribute('last_name', { enabled: true }),
  attribute('phone_number'),
  attribute('username'),
  attribute('web3_wallet'),
  attribute('authenticator_app'),
  attribute('backup_code'),
  attribute('passkey'),
];

function userSettings() {
  return {
    attributes: Object.fromEntries(ATTRIBUTES.map((one) => [one.name, one])),
    actions: { delete_self: false, create_organization: false },
    attack_protection: { enumeration_protection: { enabled: false } },
    enterprise_sso: { enabled: false, self_serve_sso: false },
    saml: { enabled: false },
    passkey_settings: { allow_autofill: false, show_sign_in_button: false },
    sign_in: { second_factor: { required: false, enabled: false } },
    sign_up: {
      allowlist_only: false,
      captcha_enabled: false,
      captcha_widget_type: null,
      legal_consent_enabled: false,
      mode: 'public',
      progressive: true,
      mfa: { required: false },
      custom_action_required: false,
    },
    password_settings: {
      disable_hibp: true,
      min_length: PASSWORD_LENGTH.min,
      max_length: PASSWORD_LENGTH.max,
      require_special_char: false,
      require_numbers: false,
      require_uppercase: false,
      require_lowercase: false,
      show_zxcvbn: false,
      min_zxcvbn_strength: 0,
      enforce_hibp_on_sign_in: false,
      allowed_special_characters: '',
    },
    username_settings: { min_length: 4, max_length: 64 },
    social: {},
  };
}

/** Defaults: the page sets its own appearance. */
const THEME = {
  buttons: { font_color: '#ffffff', font_family: '', font_weight: '600' },
  general: {
    color: '#5b5bd6',
    background_color: '#ffffff',
    font_color: '#111111',
    font_family: '',
    label_font_weight: '600',
    padding: '1em',
    border_radius: '0.5em',
    box_shadow: '',
  },
  accounts: { background_color: '#ffffff' },
};

function displayConfig(origin: string) {
  return {
    object: 'display_config',
    id: 'display_config_local',
    instance_environment_type: 'development',
    application_name: 'Edgewise',
    branded: false,
    show_devmode_warning: false,
    theme: THEME,
    preferred_sign_in_strategy: 'password',
    logo_image_url: '',
    favicon_image_url: '',
    home_url: origin,
    sign_in_url: `${origin}/sign-in`,
    sign_up_url: `${origin}/sign-up`,
    user_profile_url: `${origin}/profile`,
    after_sign_in_url: origin,
    after_sign_up_url: origin,
    after_sign_out_one_url: origin,
    after_sign_out_all_url: origin,
    after_switch_session_url: origin,
    waitlist_url: '',
    after_join_waitlist_url: '',
    organization_profile_url: '',
    create_organization_url: '',
    after_leave_organization_url: '',
    after_create_organization_url: '',
    support_email: '',
    privacy_policy_url: '',
    terms_url: '',
    captcha_public_key: null,
    captcha_widget_type: null,
    captcha_public_key_invisible: null,
    captcha_provider: 'turnstile',
    captcha_oauth_bypass: [],
    captcha_heartbeat: false,
  };
}

/** The parts of Clerk that are off, in the form that its browser code expects. */
const SWITCHED_OFF = {
  api_keys_settings: {
    object: 'api_keys_settings',
    id: 'api_keys_settings_local',
    enabled: false,
    user_api_keys_enabled: false,
    orgs_api_keys_enabled: false,
  },
  commerce_settings: {
    object: 'commerce_settings',
    id: 'commerce_settings_local',
    billing: {
      stripe_publishable_key: '',
      organization: { enabled: false, has_paid_plans: false },
      user: { enabled: false, has_paid_plans: false },
    },
  },
  protect_config: { object: 'protect_config', id: 'protect_config_local' },
  organization_settings: {
    object: 'organization_settings',
    id: 'organization_settings_local',
    enabled: false,
    max_allowed_memberships: 0,
    force_organization_selection: false,
    actions: { admin_delete: false },
    domains: { enabled: false, enrollment_modes: [], default_role: null },
    slug: { disabled: false },
  },
};

/** Clerk's environment object: the settings of the instance. Its browser code requests them first. */
export function environmentJson(origin: string) {
  return {
    object: 'environment',
    id: 'environment_local',
    maintenance_mode: false,
    client_debug_mode: false,
    partitioned_cookies: false,
    auth_config: {
      object: 'auth_config',
      id: 'auth_config_local',
      single_session_mode: true,
      claimed_at: null,
      reverification: false,
      preferred_channels: {},
      session_minter: false,
    },
    display_config: displayConfig(origin),
    user_settings: userSettings(),
    ...SWITCHED_OFF,
  };
}
