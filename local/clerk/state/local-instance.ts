/** Where a real instance would have its Frontend API. The name never resolves; browsers go through our own `/__clerk`. */
const FRONTEND_API_HOST = 'local.clerk.localhost';

/** The `iss` of the stand-in's tokens, which no real instance has. */
export const LOCAL_ISSUER = `https://${FRONTEND_API_HOST}`;

/** The stand-in's publishable key, in Clerk's form. */
export const LOCAL_PUBLISHABLE_KEY = `pk_test_${btoa(`${FRONTEND_API_HOST}$`)}`;

/** Where the stand-in's Backend API answers, in front of Clerk's own paths. */
export const BACKEND_API_PATH = '/__clerk/backend';
