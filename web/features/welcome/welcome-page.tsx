import type { ReactNode } from 'react';
import { signInPath } from '../../session/then-path.ts';
import { buttonClasses } from '../../ui/controls/button.tsx';
import { Logo } from '../../ui/logo.tsx';
import { DemoPeople, type DemoPeopleProps } from './demo-people.tsx';
import { Promises } from './promises.tsx';

/**
 * The page of a visitor who is not signed in: what Edgewise is, and the ways to sign in. `then` is the path to open after
 * that; for any but the front page the heading mentions it, unless there is a `greeting`. `demo` is who a visitor can continue as, if the server offers it.
 */
export function WelcomePage({
  then,
  greeting,
  demo,
}: {
  then: string;
  /** Replaces the heading and the text below it. */
  greeting?: ReactNode;
  demo?: DemoPeopleProps;
}) {
  const isInvited = then !== '/';
  return (
    <div className="h-dvh overflow-y-auto">
      <main className="mx-auto flex min-h-full max-w-5xl flex-col gap-12 px-6 py-8 desktop:px-10 desktop:py-12">
        <p className="flex items-center gap-2.5 font-semibold text-strong">
          <Logo className="size-7" /> Edgewise
        </p>
        <section className="my-auto flex flex-col gap-7">
          <div className="flex max-w-xl flex-col gap-3">
            {greeting ?? (
              <>
                <h1 className="text-display font-semibold tracking-tight text-balance text-strong">
                  {isInvited ? 'Sign in to go on' : 'Group chat that keeps its word'}
                </h1>
                <p className="text-pretty text-default">
                  {isInvited
                    ? 'The page that you want to open is for people who are signed in.'
                    : 'Talk with your team or your friends in groups that feel quick, stay in order and never lose a word.'}
                </p>
              </>
            )}
          </div>
          {/* Clerk's own pages: they are left and come to by loading the page. */}
          <div className="flex flex-wrap gap-2.5">
            <a className={buttonClasses('primary')} href={signInPath('sign-up', then)}>
              Create an account
            </a>
            <a className={buttonClasses('outline')} href={signInPath('sign-in', then)}>
              Sign in
            </a>
          </div>
          {demo !== undefined && demo.names.length > 0 && <DemoPeople {...demo} />}
        </section>
        <Promises />
      </main>
    </div>
  );
}
