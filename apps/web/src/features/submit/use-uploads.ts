'use client';

import { useEffect, useRef, useState } from 'react';
import { type Accepted, refuseBeforeSending, sendPicture } from './upload.ts';

export interface Upload {
  id: string;
  file: File;
  previewUrl: string;
  state: 'waiting' | 'uploading' | 'done' | 'refused';
  progress: number;
  message?: string;
  retryable: boolean;
  accepted?: Accepted;
}

let made = 0;
/** Known to this page alone. `crypto.randomUUID` is not there where the portal is reached over plain HTTP. */
export const nextUploadId = (): string => `upload-${++made}`;

/** As it was before it was sent: nothing of the last answer is left to see. */
export function sentAgain({ message: _answer, ...upload }: Upload): Upload {
  return { ...upload, state: 'waiting', progress: 0, retryable: false };
}

/** As many go out at once; the rest wait. */
const AT_ONCE = 3;

/** Takes files, sends them at once, and keeps what became of each. */
export function useUploads() {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const started = useRef(new Map<string, AbortController>());
  const urls = useRef(new Set<string>());

  const patch = (id: string, change: Partial<Upload>) =>
    setUploads((all) => all.map((u) => (u.id === id ? { ...u, ...change } : u)));

  const add = (files: readonly File[]) => {
    const fresh = files.map((file): Upload => {
      const previewUrl = URL.createObjectURL(file);
      urls.current.add(previewUrl);
      const refusal = refuseBeforeSending(file);
      return {
        id: nextUploadId(),
        file,
        previewUrl,
        progress: 0,
        retryable: false,
        ...(refusal ? { state: 'refused' as const, message: refusal } : { state: 'waiting' as const }),
      };
    });
    setUploads((all) => [...all, ...fresh]);
  };
  const remove = (id: string) => {
    started.current.get(id)?.abort();
    started.current.delete(id);
    setUploads((all) => all.filter((u) => u.id !== id));
  };
  const retry = (id: string) => {
    started.current.delete(id);
    setUploads((all) => all.map((u) => (u.id === id ? sentAgain(u) : u)));
  };

  useEffect(() => {
    const free = AT_ONCE - uploads.filter((u) => u.state === 'uploading').length;
    for (const upload of uploads.filter((u) => u.state === 'waiting').slice(0, Math.max(0, free))) {
      if (started.current.has(upload.id)) continue;
      const stop = new AbortController();
      started.current.set(upload.id, stop);
      patch(upload.id, { state: 'uploading' });
      sendPicture(upload.file, (progress) => patch(upload.id, { progress }), stop.signal).then((outcome) => {
        if (outcome.ok) return patch(upload.id, { state: 'done', progress: 1, accepted: outcome.accepted });
        if (outcome.signedOut) return window.location.assign('/sign-in?ended=1&return=/submit');
        patch(upload.id, { state: 'refused', message: outcome.message, retryable: outcome.retryable });
      });
    }
  });

  useEffect(() => {
    const running = started.current;
    const previews = urls.current;
    return () => {
      for (const stop of running.values()) stop.abort();
      for (const url of previews) URL.revokeObjectURL(url);
    };
  }, []);

  return { uploads, add, remove, retry };
}
