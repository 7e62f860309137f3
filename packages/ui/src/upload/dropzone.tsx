'use client';

import { Check, ImageUp, RotateCw, TriangleAlert, X } from 'lucide-react';
import { type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { cn } from '../cn.ts';
import { Button, buttonClass } from '../controls/button.tsx';
import { Progress } from '../feedback/states.tsx';

export interface UploadItem {
  id: string;
  name: string;
  /** bytes */
  size: number;
  previewUrl: string;
  state: 'waiting' | 'uploading' | 'done' | 'refused';
  /** 0..1 while uploading. */
  progress?: number;
  /** Why it was refused, or a warning about it. */
  note?: ReactNode;
  retryable?: boolean;
}

/** "1.4 MB" */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(0)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Takes many files by drop or from the system's picker, and shows what became of each. */
export function Dropzone(props: {
  items: readonly UploadItem[];
  accept: string;
  hint: ReactNode;
  disabled?: boolean;
  onFiles: (files: File[]) => void;
  onRemove: (id: string) => void;
  onRetry: (id: string) => void;
}) {
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  // A file dropped beside the zone would replace the page.
  useEffect(() => {
    const stay = (event: Event) => event.preventDefault();
    window.addEventListener('dragover', stay);
    window.addEventListener('drop', stay);
    return () => {
      window.removeEventListener('dragover', stay);
      window.removeEventListener('drop', stay);
    };
  }, []);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!props.disabled) props.onFiles([...event.dataTransfer.files]);
  };
  return (
    <div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(!props.disabled);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        className={cn(
          'flex flex-col items-center justify-center gap-2 rounded-lg border border-dashed border-edge px-6 py-9 text-center transition-colors',
          over ? 'border-accent bg-accent-soft' : 'bg-surface',
        )}
      >
        <ImageUp aria-hidden="true" className="size-6 stroke-[1.5] text-ink-3" />
        <p className="text-base">
          Drop fields here, or{' '}
          <button
            type="button"
            disabled={props.disabled}
            onClick={() => picker.current?.click()}
            className="font-medium text-accent underline underline-offset-3 hover:text-accent-strong"
          >
            choose files
          </button>
        </p>
        <p className="text-xs text-ink-3">{props.hint}</p>
        <input
          ref={picker}
          type="file"
          multiple
          accept={props.accept}
          aria-label="Choose fields"
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            props.onFiles([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </div>
      <ul className="mt-3 divide-y divide-rule" aria-label="Chosen fields">
        {props.items.map((item) => (
          <UploadRow
            key={item.id}
            item={item}
            disabled={props.disabled ?? false}
            onRemove={props.onRemove}
            onRetry={props.onRetry}
          />
        ))}
      </ul>
    </div>
  );
}

function UploadRow(props: {
  item: UploadItem;
  disabled: boolean;
  onRemove: (id: string) => void;
  onRetry: (id: string) => void;
}) {
  const { item } = props;
  return (
    <li className="flex min-h-14 items-center gap-3 py-1.5">
      <span className="size-11 shrink-0 overflow-hidden rounded-sm bg-matte">
        <img
          src={item.previewUrl}
          alt=""
          // What is no picture shows none, instead of the browser's broken sign.
          onError={(event) => event.currentTarget.classList.add('invisible')}
          className="size-full object-cover"
        />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="truncate text-sm">{item.name}</span>
          <span className="tabular shrink-0 text-xs text-ink-3">{fileSize(item.size)}</span>
        </p>
        {item.state === 'uploading' ? (
          <Progress label={`Uploading ${item.name}`} value={item.progress} className="mt-2" />
        ) : (
          <p className={cn('text-xs', item.state === 'refused' ? 'text-bad' : 'text-ink-3')}>
            {item.note ?? (item.state === 'done' ? 'Accepted' : 'Ready')}
          </p>
        )}
      </div>
      {item.state === 'done' ? <Check aria-hidden="true" className="size-4 text-good" /> : null}
      {item.state === 'refused' ? <TriangleAlert aria-hidden="true" className="size-4 text-bad" /> : null}
      {item.state === 'refused' && item.retryable ? (
        <Button
          variant="quiet"
          size="sm"
          aria-label={`Retry ${item.name}`}
          onClick={() => props.onRetry(item.id)}
        >
          <RotateCw /> Retry
        </Button>
      ) : null}
      <button
        type="button"
        aria-label={`Remove ${item.name}`}
        disabled={props.disabled}
        onClick={() => props.onRemove(item.id)}
        className={buttonClass('quiet', 'icon-sm')}
      >
        <X />
      </button>
    </li>
  );
}
