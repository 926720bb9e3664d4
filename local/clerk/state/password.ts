/** The most that workerd allows: slow enough against guessing, fast enough for a sign-in. */
const ITERATIONS = 100_000;

/** Hashes a password with PBKDF2-SHA-256 and a random salt, as `salt.hash`. */
export async function hashPassword(password: string): Promise<string> {
  return hashWith(crypto.randomUUID(), password);
}

/** Whether the password matches a hash of `hashPassword`. */
export async function isPassword(password: string, hashed: string): Promise<boolean> {
  const salt = hashed.slice(0, hashed.indexOf('.'));
  return (await hashWith(salt, password)) === hashed;
}

async function hashWith(salt: string, password: string): Promise<string> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(password), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', iterations: ITERATIONS, salt: encoder.encode(salt) },
    key,
    256,
  );
  return `${salt}.${btoa(String.fromCharCode(...new Uint8Array(bits)))}`;
}
