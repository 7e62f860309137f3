'use client';

import { FieldViewer, useShortcuts, type ViewerHandle } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { imageUrl, LoadError } from '../shared/index.ts';
import { mayDecide, useProfile, useWorklistView } from '../shell/index.ts';
import { CaseHeader } from './case-header.tsx';
import { CaseSkeleton } from './case-skeleton.tsx';
import { FieldStrip } from './field-strip.tsx';
import { ReadingPanel } from './reading-panel.tsx';
import { ResultPanel } from './result-panel.tsx';
import { SignatureStrip } from './signature-strip.tsx';
import type { CaseDetail, CaseField } from './types.ts';
import { useFieldLayers } from './use-field-layers.tsx';
import { useMaskEditor } from './use-mask-editor.ts';
import { useMaskView } from './use-mask-view.ts';
import { useNeighbours } from './use-neighbours.ts';
import { type ShownMasks, useShownMasks } from './use-shown-masks.ts';

/** One case: the field, what the model says of it, and what the reader says. */
export function CasePage({ caseId }: { caseId: string }) {
  const trpc = useTRPC();
  const { setCurrent } = useWorklistView();
  useEffect(() => setCurrent(caseId), [caseId, setCurrent]);
  const detail = useQuery(
    trpc.cases.detail.queryOptions(
      { caseId },
      {
        // Should live updates be interrupted, a waiting field is still asked for.
        refetchInterval: (query) => (query.state.data?.status === 'queued' ? 4_000 : false),
      },
    ),
  );
  if (detail.data) return <CaseView detail={detail.data} />;
  if (detail.isError) return <LoadError level={1} error={detail.error} onRetry={() => detail.refetch()} />;
  return <CaseSkeleton />;
}

function CaseView({ detail }: { detail: CaseDetail }) {
  const router = useRouter();
  const { moving, previous, next, toPrevious, toNext } = useNeighbours(detail.caseId);
  const decides = mayDecide(useProfile());
  const [position, setPosition] = useState(() => (decides ? firstDisputed(detail) : 0));
  const mask = useMaskView();
  const viewer = useRef<ViewerHandle>(null);
  const field = detail.fields[position] ?? detail.fields[0];
  const step = (by: number) => setPosition((at) => Math.min(detail.fields.length - 1, Math.max(0, at + by)));
  const shown = useShownMasks(field);
  const evidence = useFieldLayers(field, mask, shown);
  useShortcuts({
    j: toNext,
    ArrowRight: toNext,
    k: toPrevious,
    ArrowLeft: toPrevious,
    '[': () => step(-1),
    ']': () => step(1),
    m: mask.toggle,
    o: mask.toggleOutline,
    n: evidence.toggleNuclei,
    b: evidence.toggleBoxes,
    h: evidence.toggleHeat,
    '+': () => viewer.current?.zoomIn(),
    '=': () => viewer.current?.zoomIn(),
    '-': () => viewer.current?.zoomOut(),
    '0': () => viewer.current?.fit(),
    v: evidence.toggleCorrected,
    Escape: () => router.push('/cases'),
  });
  // After the page's own: while a mask is corrected, Escape puts the tools away.
  const editor = useMaskEditor(field, mask, shown);
  if (!field) return null;
  return (
    <div className="flex h-full flex-col">
      <CaseHeader
        detail={detail}
        moving={moving}
        onPrevious={previous ? toPrevious : null}
        onNext={next ? toNext : null}
      />
      <SignatureStrip signing={detail.signing} />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_auto]">
        <div className="flex min-h-0 flex-col">
          <FieldViewer
            key={field.imageId}
            ref={viewer}
            src={imageUrl(field.imageId)}
            width={field.width}
            height={field.height}
            label={`Field ${position + 1} of ${detail.fields.length}`}
            maskSrc={shown.mask}
            maskMode={mask.mode}
            onMaskMode={mask.setMode}
            maskOpacity={mask.opacity}
            onMaskOpacity={mask.setOpacity}
            layers={evidence.layers}
            drawn={editor.drawn}
            editing={editor.editing}
            {...(editor.onEditing && { onEditing: editor.onEditing })}
            note={noteOn(field, shown)}
            className="flex-1"
          />
          {detail.fields.length > 1 ? (
            <FieldStrip fields={detail.fields} current={field.imageId} onSelect={setPosition} />
          ) : null}
        </div>
        <div className="flex min-h-0 w-[21.5rem] flex-col overflow-y-auto border-l border-rule bg-surface xl:grid xl:w-auto xl:grid-cols-[21.5rem_20rem] xl:overflow-visible">
          <ResultPanel field={field} aiEnabled={detail.aiEnabled} evidence={evidence} />
          <ReadingPanel
            key={field.imageId}
            caseId={detail.caseId}
            field={field}
            shown={shown}
            onNext={next ? toNext : null}
          />
        </div>
      </div>
    </div>
  );
}

/** Where a senior has something to decide; else the first field. */
const firstDisputed = ({ fields }: CaseDetail): number =>
  Math.max(
    0,
    fields.findIndex(({ adjudication }) => adjudication?.status === 'disputed'),
  );

/** Whose mask it is, where a reader corrected it; else how many cells the model found. */
function noteOn({ result }: CaseField, { corrected, by }: ShownMasks): string | null {
  if (corrected) return `Mask ${by}`;
  if (!result) return null;
  const { cells } = result.analysis;
  return `${cells} white ${cells === 1 ? 'cell' : 'cells'}`;
}
