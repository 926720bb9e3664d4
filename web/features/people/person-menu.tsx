import { lazy, useState } from 'react';
import { useMe } from '../../api/people.ts';
import { Late } from '../../ui/overlays/late.tsx';
import { PersonButton } from './person-button.tsx';

const loadMenu = () => import('./open-person-menu.tsx');
const OpenPersonMenu = lazy(() => loadMenu().then((file) => ({ default: file.OpenPersonMenu })));

/** The user's menu: status, settings, theme, signing out. Hovering or focusing the button loads it. */
export function PersonMenu() {
  const me = useMe().data;
  const [isWanted, setWanted] = useState(false);
  const button = (
    <PersonButton
      aria-expanded={false}
      me={me}
      onClick={() => setWanted(true)}
      onFocus={loadMenu}
      onPointerEnter={loadMenu}
    />
  );
  return isWanted ? (
    <Late fallback={button}>
      <OpenPersonMenu me={me} />
    </Late>
  ) : (
    button
  );
}
