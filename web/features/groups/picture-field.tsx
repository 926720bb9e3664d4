import { ImagePlus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Group } from '../../../protocol/models.ts';
import { type ChosenPicture, squarePicture } from '../../realtime/uploads/group-picture.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { LargePicture } from './large-picture.tsx';

/** What a form has chosen for the picture: another one, none (null), or what is there (undefined). */
export type PictureChoice = ChosenPicture | null | undefined;

/** Chooses the picture of a group, and shows it as it will be. Nothing is changed yet. */
export function PictureField({
  group,
  choice,
  onChoose,
}: {
  group: Group;
  choice: PictureChoice;
  onChoose: (choice: PictureChoice) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const preview = useAddressOf(choice?.blob);
  const { imageId: _, ...bare } = group;
  const isPictured = choice === undefined ? group.imageId !== undefined : choice !== null;

  async function choose(file: File | undefined): Promise<void> {
    if (!file) return;
    const square = await squarePicture(group.id, file);
    setProblem(square.ok ? undefined : square.failure.detail);
    if (square.ok) onChoose(square.value);
  }

  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-secondary font-medium text-strong">Picture</legend>
      <div className="flex items-center gap-3">
        {preview === undefined ? (
          <LargePicture group={choice === undefined ? group : bare} />
        ) : (
          <img
            alt="The chosen one"
            className="size-16 shrink-0 rounded-card object-cover"
            src={preview}
          />
        )}
        <div className="flex flex-wrap gap-2">
          <Button look="outline" onClick={() => input.current?.click()}>
            <ImagePlus aria-hidden="true" size={16} />
            {isPictured ? 'Change picture' : 'Choose picture'}
          </Button>
          {isPictured && (
            <Button
              onClick={() => {
                setProblem(undefined);
                // A chosen one is only put away: what the group has stays until it is removed, too.
                onChoose(choice && group.imageId !== undefined ? undefined : null);
              }}
            >
              <Trash2 aria-hidden="true" size={16} /> {choice ? 'Discard' : 'Remove'}
            </Button>
          )}
        </div>
        <input
          accept="image/*"
          aria-label="Picture of the group"
          className="hidden"
          onChange={({ target }) => {
            void choose(target.files?.[0]);
            // The same file can be chosen again.
            target.value = '';
          }}
          ref={input}
          type="file"
        />
      </div>
      {problem !== undefined && <Notice>{problem}</Notice>}
    </fieldset>
  );
}

/** An address of a blob, while this is shown. */
function useAddressOf(blob: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
      setAddress(undefined);
    };
  }, [blob]);
  return address;
}
