import { lazy, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { FileReference } from '../../../../protocol/models.ts';
import { uploads } from '../../../realtime/uploads/uploads.ts';
import { useSignedIn } from '../../../session/use-session.ts';
import { Notice } from '../../../ui/notice.tsx';
import { Late } from '../../../ui/overlays/late.tsx';
import type { Draft } from '../draft.ts';
import { heldPlaces } from '../recording/held-place.ts';
import { chooseFiles } from './choose-files.ts';
import { ComposerTile } from './composer-tile.tsx';
import { moved } from './moved.ts';

const FileDialog = lazy(() =>
  import('./file-dialog.tsx').then((file) => ({ default: file.FileDialog })),
);

/** The lists of files that were taken: an effect may run twice. */
const taken = new WeakSet<readonly File[]>();

/** The files of a message that is being written: a tile each, and why others were not taken. */
export function ComposerFiles({
  draft,
  files,
  chosen,
  onTaken,
  groupId,
  held = 0,
  label = 'Files to send',
}: {
  draft: Draft;
  /** Those of the draft. */
  files: readonly FileReference[];
  /** Files to add: a list for each time that some were chosen, also before this was loaded. */
  chosen: readonly (readonly File[])[];
  /** The chosen files are in the draft, as far as there is room for them. */
  onTaken?: () => void;
  groupId: string;
  /** How many files the message has besides. */
  held?: number;
  label?: string;
}) {
  const session = useSignedIn();
  const place = useMemo(() => ({ session, groupId }), [session, groupId]);
  const version = useSyncExternalStore(uploads.subscribe, uploads.getVersion);
  const [refusals, setRefusals] = useState<readonly string[]>([]);
  const [described, setDescribed] = useState<number>();
  const [said, setSaid] = useState('');

  useEffect(() => {
    const fresh = chosen.filter((list) => !taken.has(list));
    if (fresh.length === 0) return;
    for (const list of fresh) taken.add(list);
    const used = held + draft.getFiles().length + heldPlaces(draft);
    const choice = chooseFiles(fresh.flat(), used);
    setRefusals(choice.refusals);
    if (choice.taken.length > 0) {
      draft.attach([...draft.getFiles(), ...uploads.add(place, choice.taken)]);
    }
    onTaken?.();
  }, [chosen, draft, place, held, onTaken]);

  useEffect(() => uploads.resume(place, files), [place, files]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what `uploads` knows.
  useEffect(() => {
    const latest = files.map((file) => uploads.latest(file));
    if (latest.some((file, n) => file !== files[n])) draft.attach(latest);
  }, [version, files, draft]);

  function move(from: number, to: number): void {
    const next = moved(files, from, to);
    if (next === files) return;
    draft.attach(next);
    setSaid(`${files[from]?.name}: file ${to + 1} of ${files.length}`);
  }

  function takeOut(file: FileReference): void {
    uploads.remove(place, file);
    draft.attach(files.filter((it) => it !== file));
    setSaid(`${file.name} was taken out`);
  }

  const shown = described === undefined ? undefined : files[described];
  const waiting = files.filter(({ url }) => url === '').length;
  return (
    <div className="max-w-(--column)">
      {refusals.map((refusal) => (
        <Notice key={refusal}>{refusal}</Notice>
      ))}
      {files.length > 0 && (
        // Ten of them would push the field and the button that sends out of a phone.
        <ul
          aria-label={label}
          className="-mx-1 flex max-h-[40dvh] flex-wrap gap-2 overflow-y-auto overscroll-contain px-1 pt-1 pb-2"
        >
          {files.map((file, index) => (
            <ComposerTile
              count={files.length}
              file={file}
              index={index}
              key={uploads.lastingId(file.id)}
              onDescribe={() => setDescribed(index)}
              onMove={(to) => move(index, to)}
              onDrop={move}
              onRemove={() => takeOut(file)}
              view={uploads.view(file.id)}
            />
          ))}
        </ul>
      )}
      <p className="sr-only" role="status">
        {said}
      </p>
      <p className="sr-only" role="status">
        {files.length > 0 &&
          (waiting === 0
            ? `${files.length === 1 ? 'The file is' : `All ${files.length} files are`} uploaded`
            : '')}
      </p>
      {shown && described !== undefined && (
        <Late>
          <FileDialog
            file={shown}
            onClose={() => setDescribed(undefined)}
            onSave={async (change) => {
              const next = await uploads.describe(place, shown, change);
              draft.attach(draft.getFiles().map((it) => (it.id === shown.id ? next : it)));
            }}
          />
        </Late>
      )}
    </div>
  );
}
