import { ArrowLeft } from 'lucide-react';
import { useEffect } from 'react';
import { assertNever } from '../../protocol/assert-never.ts';
import type { ClerkPageKind } from '../session/clerk/clerk-interface.tsx';
import { ClerkPage } from '../session/clerk/clerk-page.tsx';
import { Logo } from '../ui/logo.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { registerServiceWorker } from './register-service-worker.ts';
import { useTitle } from './use-title.ts';

/** The pages to sign in, to sign up and to edit the profile: Clerk's components in our frame. */
export function AccountPage({ kind }: { kind: ClerkPageKind }) {
  const title = titleOf(kind);
  useTitle(title);
  useEffect(() => void registerServiceWorker(), []);
  return (
    <div className="flex h-dvh flex-col overflow-y-auto bg-sunken">
      <header className="flex h-14 shrink-0 items-center px-4">
        {/* Left by loading the page, which then has a session of its own. */}
        <a
          className="flex min-h-9 items-center gap-2 rounded-small px-2 font-semibold text-strong hover:bg-hover"
          href="/"
        >
          <ArrowLeft aria-hidden="true" className="text-muted" size={18} />
          <Logo className="size-6" /> Edgewise
        </a>
      </header>
      <main className="flex flex-1 items-start justify-center px-4 py-6 desktop:items-center desktop:pb-20">
        <h1 className="sr-only">{title}</h1>
        <ClerkPage
          fallback={<AccountSkeleton />}
          kind={kind}
          renderFailure={(detail) => <Notice>{detail}</Notice>}
        />
      </main>
    </div>
  );
}

function titleOf(kind: ClerkPageKind): string {
  switch (kind) {
    case 'sign-in':
      return 'Sign in';
    case 'sign-up':
      return 'Create an account';
    case 'profile':
      return 'Profile';
    default:
      return assertNever(kind);
  }
}

function AccountSkeleton() {
  return (
    <div className="flex w-full max-w-100 flex-col gap-5 rounded-card bg-raised p-8 shadow-field">
      <p className="sr-only" role="status">
        Loading
      </p>
      <Skeleton className="mx-auto h-6 w-40" />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-9 w-full" />
    </div>
  );
}
