import { AppConfig } from '../../protocol/app-config.ts';
import { fail, ok, type Result } from '../../protocol/errors.ts';

/** Fetches the configuration that the page needs before a user signs in. Fails with `unavailable`. */
export async function loadConfig(): Promise<Result<AppConfig>> {
  try {
    const response = await fetch('/api/config');
    const config = AppConfig.safeParse(await response.json());
    if (config.success) return ok(config.data);
    return fail('unavailable', 'Edgewise is not set up completely. Ask its administrator.');
  } catch {
    return fail('unavailable', 'Edgewise cannot be reached. Check your connection and reload.');
  }
}
