import { Check, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import Viewer from 'yet-another-react-lightbox';
import Zoom from 'yet-another-react-lightbox/plugins/zoom';
import styles from 'yet-another-react-lightbox/styles.css?inline';
import type { FileReference } from '../../../../protocol/models.ts';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { previewOf } from '../../../realtime/uploads/previews.ts';
import { useReturnFocus } from '../../../ui/overlays/use-return-focus.ts';
import { useConversation } from '../conversation-context.ts';
import { isVisual } from './file-boxes.tsx';
import { sourcesOf } from './sources-of.ts';

// The page's own style sheet is loaded first; this one only with the first picture that is opened.
const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

const BUTTON = 'yarl__button grid place-items-center';

/** A picture on the whole screen, with the other loaded pictures of the conversation beside it. */
export function Lightbox({ file, onClose }: { file: FileReference; onClose: () => void }) {
  const { client, parentId } = useConversation();
  const [pictures] = useState(() => {
    const view = client.getView();
    const loaded = (parentId === null ? view : view.thread)?.rows.flatMap(filesOf) ?? [];
    const all = loaded.filter(({ type }) => isVisual(type) && type.startsWith('image'));
    return all.some(({ id }) => id === file.id) ? all : [file];
  });
  const [index, setIndex] = useState(() => pictures.findIndex(({ id }) => id === file.id));
  useReturnFocus();
  const shown = pictures[index] ?? file;
  const { alt } = shown.metadata;
  return (
    <Viewer
      carousel={{ finite: true, preload: 1 }}
      close={onClose}
      controller={{ closeOnBackdropClick: true, closeOnPullDown: true }}
      index={index}
      labels={{
        Lightbox: 'Pictures',
        Close: 'Close',
        Next: 'Next picture',
        Previous: 'Previous picture',
      }}
      on={{ view: ({ index: at }) => setIndex(at) }}
      open
      plugins={[Zoom]}
      render={{
        ...(pictures.length === 1 && { buttonPrev: () => null, buttonNext: () => null }),
        controls: () => (
          <p className="pointer-events-none absolute inset-x-0 bottom-0 px-4 pb-3 text-center text-secondary text-on-accent [text-shadow:0_1px_3px_#000]">
            <bdi>{alt ?? shown.name}</bdi>
            <span className="ms-2 opacity-75">
              {index + 1} of {pictures.length}
            </span>
          </p>
        ),
      }}
      slides={pictures.map((picture) => slideOf(picture))}
      styles={{ root: { '--yarl__color_backdrop': 'oklch(0.13 0.005 70 / 0.94)' } }}
      toolbar={{
        buttons: [
          <CopyButton file={shown} key="copy" />,
          <a
            aria-label={`Download ${shown.name}`}
            className={BUTTON}
            download={shown.name}
            href={`${shown.url}?download`}
            key="download"
            title="Download"
          >
            <Download aria-hidden="true" />
          </a>,
          'close',
        ],
      }}
      zoom={{ maxZoomPixelRatio: 4, scrollToZoom: true }}
    />
  );
}

function filesOf(row: TimelineRow): readonly FileReference[] {
  return (row.state === 'sent' ? row.message.attachments : row.files) ?? [];
}

function slideOf(picture: FileReference) {
  const { name, metadata, url } = picture;
  const { alt = name, width, height } = metadata;
  const { srcSet, src } = sourcesOf(picture);
  const isOwn = url === '';
  return {
    src: isOwn ? (previewOf(picture.id) ?? '') : src,
    alt,
    ...(width !== undefined && height !== undefined && { width, height }),
    ...(!isOwn &&
      width !== undefined &&
      height !== undefined && {
        srcSet: srcSet.split(', ').flatMap((part) => {
          const [source = '', size = ''] = part.split(' ');
          const its = Number.parseInt(size, 10);
          return its > 0 ? [{ src: source, width: its, height: (its * height) / width }] : [];
        }),
      }),
  };
}

/** Copies the picture itself. Browsers take only PNG. */
function CopyButton({ file }: { file: FileReference }) {
  const [copied, setCopied] = useState<string>();
  async function copy(): Promise<void> {
    try {
      const png = pngOf(previewOf(file.id) ?? file.url);
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
      setCopied(file.id);
    } catch {
      setCopied(undefined);
    }
  }
  const isCopied = copied === file.id;
  return (
    <button
      aria-label={isCopied ? 'Copied' : 'Copy picture'}
      className={BUTTON}
      onClick={() => void copy()}
      title={isCopied ? 'Copied' : 'Copy picture'}
      type="button"
    >
      {isCopied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
    </button>
  );
}

async function pngOf(url: string): Promise<Blob> {
  // Not `fetch`: the content policy keeps it from blobs, as which a picture is shown that was just chosen.
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  return await canvas.convertToBlob({ type: 'image/png' });
}
