import { Paperclip } from 'lucide-react';
import { useState } from 'react';
import type { FileKind, SentFile } from '../../../protocol/files.ts';
import type { Member, User } from '../../../protocol/models.ts';
import { useFileSession } from '../../api/file-session.ts';
import { useGroupFiles } from '../../api/group-files.ts';
import { ScrollRegion } from '../../ui/controls/scroll-region.tsx';
import { ShowMore } from '../../ui/controls/show-more.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/overlays/panel.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { FileFilters, type Since, sinceOf } from './file-filters.tsx';
import { SentFileRow } from './sent-file-row.tsx';

/** The panel of the files that were sent in a group, the newest first, with filters. */
export function FilesPanel({
  groupId,
  members,
  userOf,
  onJump,
  onClose,
}: {
  groupId: string;
  members: ReadonlyMap<string, Member>;
  userOf: (userId: string) => User | undefined;
  onJump: (file: SentFile) => void;
  onClose: () => void;
}) {
  const [kind, setKind] = useState<FileKind>();
  const [from, setFrom] = useState<string>();
  const [since, setSince] = useState<Since>('ever');
  const [openedAt] = useState(() => Date.now());
  const files = useGroupFiles(groupId, { kind, from, after: sinceOf(since, openedAt) });
  const isReady = useFileSession();
  const isFiltered = kind !== undefined || from !== undefined || since !== 'ever';
  return (
    <Panel close="Close files" label="Files" onClose={onClose} title="Files">
      <FileFilters
        from={from}
        kind={kind}
        onFrom={setFrom}
        onKind={setKind}
        onSince={setSince}
        people={[...members.values()].map(({ user }) => user)}
        since={since}
      />
      <ScrollRegion aria-label="Files" className="flex flex-1 flex-col gap-1 overflow-y-auto p-2">
        {files.failure && <Notice>{files.failure.detail}</Notice>}
        {files.isPending && (
          <>
            <Skeleton className="h-14 rounded-card" />
            <Skeleton className="h-14 rounded-card" />
          </>
        )}
        {files.data?.items.length === 0 && (
          <EmptyState icon={Paperclip} title={isFiltered ? 'No such files' : 'No files yet'}>
            {isFiltered
              ? 'Choose another kind, person or time.'
              : 'Pictures and documents that are sent here are listed in this panel.'}
          </EmptyState>
        )}
        {files.data?.items.map((sent) => (
          <SentFileRow
            author={
              userOf(sent.file.metadata.uploadedBy) ??
              files.data?.users.get(sent.file.metadata.uploadedBy)
            }
            isReady={isReady}
            key={sent.file.id}
            onJump={() => onJump(sent)}
            sent={sent}
          />
        ))}
        {files.hasMore && (
          <ShowMore isLoading={files.isFetchingMore} onClick={() => void files.fetchMore()} />
        )}
      </ScrollRegion>
    </Panel>
  );
}
