import { Search } from 'lucide-react';
import { QUERY_CHARACTERS } from '../../../protocol/limits.ts';

/** The field above a list that it searches; the caller searches while someone types. */
export function SearchField({
  label,
  placeholder = label,
  value,
  onChange,
}: {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <label className="flex max-w-(--column) items-center gap-2 rounded-small bg-raised px-3 shadow-field focus-within:outline-2 focus-within:outline-accent-text">
      <Search aria-hidden="true" className="text-muted" size={16} />
      <span className="sr-only">{label}</span>
      <input
        className="min-h-10 min-w-0 flex-1 text-strong outline-none placeholder:text-muted"
        dir="auto"
        maxLength={QUERY_CHARACTERS}
        onChange={(event) => onChange(event.target.value)}
        placeholder={placeholder}
        type="search"
        value={value}
      />
    </label>
  );
}
