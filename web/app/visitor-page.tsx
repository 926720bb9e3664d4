import { type ComponentProps, lazy, useEffect } from 'react';
import { WelcomePage } from '../features/welcome/welcome-page.tsx';
import { Late } from '../ui/overlays/late.tsx';
import { registerServiceWorker } from './register-service-worker.ts';

const InvitedVisitor = lazy(() =>
  import('./invited-visitor.tsx').then((file) => ({ default: file.InvitedVisitor })),
);

const INVITE = /^\/invite\/([^/]+)\/?$/;

/** The page of a visitor at the path `then`: the welcome page, which an invitation greets in its own way. */
export function VisitorPage(props: Omit<ComponentProps<typeof WelcomePage>, 'greeting'>) {
  useEffect(() => void registerServiceWorker(), []);
  const code = INVITE.exec(props.then)?.[1];
  const welcome = <WelcomePage {...props} />;
  if (code === undefined) return welcome;
  return (
    <Late fallback={welcome}>
      <InvitedVisitor {...props} code={code} />
    </Late>
  );
}
