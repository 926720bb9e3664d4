import { ListFilter } from 'lucide-react';
import type { ComponentProps } from 'react';
import { IconButton } from '../../ui/controls/icon-button.tsx';

/** The button that opens the menu of the list. */
export function OptionsButton(props: ComponentProps<'button'>) {
  return (
    <IconButton aria-haspopup="menu" label="List options" {...props}>
      <ListFilter aria-hidden="true" size={18} />
    </IconButton>
  );
}
