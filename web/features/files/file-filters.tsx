import type { ReactNode } from 'react';
import { FileKind } from '../../../protocol/files.ts';
import type { User } from '../../../protocol/models.ts';

const DAY_MS = 24 * 60 * 60_000;

/** How far back the list goes, in days. */
const SINCE = { ever: undefined, week: 7, month: 30, year: 365 } as const;
export type Since = keyof typeof SINCE;

/** When the list begins, ms UTC; undefined for the beginning of the group. */
export function sinceOf(since: Since, now: number): number | undefined {
  const days = SINCE[since];
  return days === undefined ? undefined : now - days * DAY_MS;
}

const KINDS: readonly [FileKind, string][] = [
  ['image', 'Pictures'],
  ['video', 'Videos'],
  ['audio', 'Sounds'],
  ['document', 'Documents'],
];
const TIMES: readonly [Since, string][] = [
  ['ever', 'Any time'],
  ['week', 'Last 7 days'],
  ['month', 'Last 30 days'],
  ['year', 'Last year'],
];

/** The filters of a list of files: kind, person, time. */
export function FileFilters({
  kind,
  from,
  since,
  people,
  onKind,
  onFrom,
  onSince,
}: {
  kind: FileKind | undefined;
  from: string | undefined;
  since: Since;
  people: readonly User[];
  onKind: (kind: FileKind | undefined) => void;
  onFrom: (userId: string | undefined) => void;
  onSince: (since: Since) => void;
}) {
  const names = [...people].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <div className="flex flex-wrap gap-2 border-b border-line px-3 py-2">
      <Choice
        label="Kind"
        onChange={(value) => onKind(FileKind.safeParse(value).data)}
        value={kind ?? ''}
      >
        <option value="">All kinds</option>
        {KINDS.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </Choice>
      <Choice label="From" onChange={(value) => onFrom(value || undefined)} value={from ?? ''}>
        <option value="">Anyone</option>
        {names.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice
        label="Time"
        onChange={(value) => onSince(TIMES.find(([it]) => it === value)?.[0] ?? 'ever')}
        value={since}
      >
        {TIMES.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </Choice>
    </div>
  );
}

function Choice({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  return (
    <select
      aria-label={label}
      className="min-h-9 max-w-40 min-w-0 flex-1 truncate rounded-small bg-raised px-2 text-secondary text-strong shadow-field"
      onChange={({ target }) => onChange(target.value)}
      value={value}
    >
      {children}
    </select>
  );
}
