import { type KeyboardEvent, useState } from 'react';
import { ALT_CHARACTERS } from '../../../../protocol/limits.ts';
import type { FileReference } from '../../../../protocol/models.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { TextField } from '../../../ui/controls/text-field.tsx';
import { isComposing } from '../../../ui/is-composing.ts';
import { Dialog } from '../../../ui/overlays/dialog.tsx';
import { isVisual } from '../../conversation/files/file-boxes.tsx';
import { shortName } from './choose-files.ts';

/** Names a file that is not sent yet, and describes it for those who cannot see it. */
export function FileDialog({
  file,
  onSave,
  onClose,
}: {
  file: FileReference;
  onSave: (change: { name: string; alt: string }) => Promise<void>;
  onClose: () => void;
}) {
  const [name, setName] = useState(file.name);
  const [alt, setAlt] = useState(file.metadata.alt ?? '');
  const isNamed = name.trim() !== '';

  function save(): void {
    if (!isNamed) return;
    void onSave({ name: shortName(name.trim()), alt: alt.trim() });
    onClose();
  }

  // No form: it stands inside of the composer's, and would send the message.
  function onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === 'Enter' && !isComposing(event)) {
      event.preventDefault();
      save();
    }
  }

  return (
    <Dialog onClose={onClose} title="File">
      <div className="flex flex-col gap-4">
        <TextField
          error={isNamed ? undefined : 'A file needs a name.'}
          label="Name"
          onChange={({ target }) => setName(target.value)}
          onKeyDown={onKeyDown}
          value={name}
        />
        {isVisual(file.type) && (
          <TextField
            hint="What it shows, for people who cannot see it."
            label="Description"
            maxLength={ALT_CHARACTERS}
            onChange={({ target }) => setAlt(target.value)}
            onKeyDown={onKeyDown}
            value={alt}
          />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button disabled={!isNamed} look="primary" onClick={save}>
            Save
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
