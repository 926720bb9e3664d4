import {
  File,
  FileArchive,
  FileCode,
  FileImage,
  FileMusic,
  FileSpreadsheet,
  FileText,
  FileVideo,
  type LucideIcon,
  Presentation,
} from 'lucide-react';

const BY_TYPE: readonly [RegExp, LucideIcon][] = [
  [/^image\//, FileImage],
  [/^video\//, FileVideo],
  [/^audio\//, FileMusic],
  [/spreadsheet|excel|csv/, FileSpreadsheet],
  [/presentation|powerpoint/, Presentation],
  [/zip|compressed|tar|rar|7z/, FileArchive],
  [/json|javascript|xml|html|x-sh|sql|yaml/, FileCode],
  [/^text\/|pdf|word|document/, FileText],
];

/** The icon of a media type. */
export function fileIcon(type: string): LucideIcon {
  return BY_TYPE.find(([pattern]) => pattern.test(type))?.[1] ?? File;
}
