import { ClerkProvider, SignIn, SignUp, UserProfile, useAuth, useClerk } from '@clerk/react';
import type { ReactNode } from 'react';
import type { AppConfig } from '../../../protocol/app-config.ts';
import { assertNever } from '../../../protocol/assert-never.ts';
import { signInPath, thenPath } from '../then-path.ts';
import { CLERK_APPEARANCE } from './clerk-appearance.ts';
import { useOwedEnd } from './use-owed-end.ts';

/** The pages that Clerk renders. */
export type ClerkPageKind = 'sign-in' | 'sign-up' | 'profile';

interface ClerkInterfaceProps {
  kind: ClerkPageKind;
  config: AppConfig;
  /** Shown until Clerk has rendered its component. */
  fallback: ReactNode;
  /** Renders the reason why it cannot be shown, a sentence. */
  renderFailure(detail: string): ReactNode;
}

/** Clerk with its interface: one of its pages in our colours. */
export function ClerkInterface({ kind, config, fallback, renderFailure }: ClerkInterfaceProps) {
  const then = thenPath(location.href);
  const signInUrl = signInPath('sign-in', then);
  const signUpUrl = signInPath('sign-up', then);
  return (
    <ClerkProvider
      publishableKey={config.publishableKey}
      {...(config.proxyUrl !== undefined && { proxyUrl: config.proxyUrl })}
      telemetry={false}
      signInUrl={signInUrl}
      signUpUrl={signUpUrl}
      appearance={CLERK_APPEARANCE}
    >
      <WithoutOwed fallback={fallback} renderFailure={renderFailure}>
        <Page kind={kind} then={then} fallback={fallback} />
      </WithoutOwed>
    </ClerkProvider>
  );
}

/** Shows its children once the session of a user who signed out without a network has ended: it must not be used again. */
function WithoutOwed({
  fallback,
  renderFailure,
  children,
}: Pick<ClerkInterfaceProps, 'fallback' | 'renderFailure'> & { children: ReactNode }) {
  const clerk = useClerk();
  const { isLoaded, userId } = useAuth();
  const end = useOwedEnd({ clerk, isLoaded, userId });
  if (end === 'failed') return renderFailure(NOT_ENDED);
  return end === 'over' ? children : fallback;
}

const NOT_ENDED = 'The last session on this device could not be ended. Reload to try again.';

function Page({
  kind,
  then,
  fallback,
}: {
  kind: ClerkPageKind;
  then: string;
  fallback: ReactNode;
}) {
  // Clerk keeps its steps in the hash: by path it would reload the page for each step.
  const shared = { routing: 'hash', fallback } as const;
  switch (kind) {
    case 'sign-in':
      return <SignIn {...shared} fallbackRedirectUrl={then} signUpFallbackRedirectUrl={then} />;
    case 'sign-up':
      return <SignUp {...shared} fallbackRedirectUrl={then} signInFallbackRedirectUrl={then} />;
    case 'profile':
      return <UserProfile {...shared} />;
    default:
      return assertNever(kind);
  }
}
