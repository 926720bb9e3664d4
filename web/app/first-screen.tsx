import { WelcomePage } from '../features/welcome/welcome-page.tsx';
import { FrameSkeleton } from './frame-skeleton.tsx';

/**
 * What the HTML shows before any code of the page runs; the build writes it there. `web/public/first-paint.js` chooses one of
 * the two, and React replaces it.
 */
export function FirstScreen() {
  return (
    <>
      <div data-for="visitor">
        <WelcomePage then="/" />
      </div>
      <div data-for="user">
        <FrameSkeleton />
      </div>
    </>
  );
}
