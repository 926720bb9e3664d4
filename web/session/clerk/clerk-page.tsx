import { type ReactNode, useEffect, useState } from 'react';
import type { AppConfig } from '../../../protocol/app-config.ts';
import { loadConfig } from '../load-config.ts';
import type { ClerkInterface, ClerkPageKind } from './clerk-interface.tsx';

type Loading =
  | { state: 'loading' }
  | { state: 'failed'; detail: string }
  | { state: 'loaded'; Interface: typeof ClerkInterface; config: AppConfig };

interface ClerkPageProps {
  kind: ClerkPageKind;
  /** Shown until Clerk has rendered its component. */
  fallback: ReactNode;
  /** Renders the reason why Clerk cannot be shown, a sentence. */
  renderFailure(detail: string): ReactNode;
}

/**
 * Clerk's page to sign in, to sign up or to edit the profile. It loads Clerk with its interface, and a page can hold only
 * one Clerk: render it outside `SessionProvider`, and load the page to enter and to leave it.
 */
export function ClerkPage({ kind, fallback, renderFailure }: ClerkPageProps) {
  const [loading, setLoading] = useState<Loading>({ state: 'loading' });

  useEffect(() => {
    let isCurrent = true;
    void load().then((loaded) => {
      if (isCurrent) setLoading(loaded);
    });
    return () => {
      isCurrent = false;
    };
  }, []);

  switch (loading.state) {
    case 'loading':
      return fallback;
    case 'failed':
      return renderFailure(loading.detail);
    case 'loaded':
      return (
        <loading.Interface
          config={loading.config}
          fallback={fallback}
          kind={kind}
          renderFailure={renderFailure}
        />
      );
  }
}

async function load(): Promise<Loading> {
  const [config, clerk] = await Promise.all([
    loadConfig(),
    // A deployment has removed the old file, or there is no network.
    import('./clerk-interface.tsx').catch(() => undefined),
  ]);
  if (!config.ok) return { state: 'failed', detail: config.failure.detail };
  if (clerk) return { state: 'loaded', Interface: clerk.ClerkInterface, config: config.value };
  return { state: 'failed', detail: 'This page could not be loaded. Check your connection.' };
}
