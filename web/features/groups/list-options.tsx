import { lazy, useState } from 'react';
import { Late } from '../../ui/overlays/late.tsx';
import { OptionsButton } from './options-button.tsx';

const loadMenu = () => import('./open-list-options.tsx');
const OpenListOptions = lazy(() => loadMenu().then((file) => ({ default: file.OpenListOptions })));

/** The menu of the list of groups, which hovering or focusing the button loads. Loads after the first frame itself. */
export function ListOptions({ onReadAll }: { onReadAll: () => void }) {
  const [isWanted, setWanted] = useState(false);
  const button = (
    <OptionsButton
      aria-expanded={false}
      onClick={() => setWanted(true)}
      onFocus={loadMenu}
      onPointerEnter={loadMenu}
    />
  );
  return isWanted ? (
    <Late fallback={button}>
      <OpenListOptions onReadAll={onReadAll} />
    </Late>
  ) : (
    button
  );
}
