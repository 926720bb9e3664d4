import { AppConfig } from '../../protocol/app-config.ts';
import { fail, ok, type Result } from '../../protocol/errors.ts';

/** A request that hangs must end in the sentence that says so, and not leave an empty page. */
const ANSWERS_WITHIN_MS = 20_000;

/** Fetches the configuration that the page needs before a user signs in. Fails with `unavailable`. */
export async function loadConfig(): Promise<Result<AppConfig>> {
  try {
    const response = await fetch('/api/config', {
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    });
    const config = AppConfig.safeParse(await response.json());
    if (config.success) return ok(config.data);
    return fail('unavailable', 'Edgewise is not set up completely. Ask its administrator.');
  } catch {
    return fail('unavailable', 'Edgewise cannot be reached. Check your connection and reload.');
  }
}
