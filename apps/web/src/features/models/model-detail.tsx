import type { ReactNode } from 'react';
import { Moment } from '../shared/index.ts';
import { LineageFields } from './lineage-fields.tsx';
import { Markdown } from './markdown.tsx';
import { ModelActions } from './model-actions.tsx';
import { StateBadge } from './model-list.tsx';
import { Plots } from './plots.tsx';
import type { LockedTestSet, LockedTestUse, RegisteredModel } from './types.ts';
import { Verdict } from './verdict.tsx';
import { PART_WORDS, shortDigest } from './words.ts';

/** One model: what may be done with it, what the gate said, where it comes from, its card. */
export function ModelDetail(props: {
  model: RegisteredModel;
  /** Of locked test sets for it, newest first. */
  uses: readonly LockedTestUse[];
  sets: readonly LockedTestSet[];
}) {
  const { model, uses } = props;
  const [use = null] = uses;
  // One that waits or failed leaves what was said before in force.
  const standing = uses.find(({ verdict }) => verdict !== null) ?? null;
  return (
    <article className="px-7 py-6">
      <header className="mb-5 flex flex-wrap items-center gap-3">
        <h2 className="text-xl font-semibold tracking-tight">{model.name}</h2>
        <StateBadge state={model.state} />
      </header>
      <ModelActions model={model} use={use} standing={standing} sets={props.sets} />
      {use ? <Verdict title="Verdict" use={use} /> : null}
      {standing && standing !== use ? <Verdict title="Judged before" use={standing} /> : null}
      <dl className="mb-8 grid max-w-[46rem] grid-cols-2 gap-x-8 gap-y-3 text-sm">
        <Fact name="Digest" wide>
          <span className="font-mono text-xs break-all select-all">{model.digest}</span>
        </Fact>
        <Fact name="Registered">
          <Moment at={model.createdAt} />
          {model.registeredBy ? ` by ${model.registeredBy.name}` : ' at the server'}
        </Fact>
        {model.trainers.length > 0 ? (
          <Fact name="Training started or resumed by">
            {model.trainers.map(({ name }) => name).join(', ')}
          </Fact>
        ) : null}
        {model.inServiceFrom ? (
          <Fact name="In service since">
            <Moment at={model.inServiceFrom} />
            {model.inServiceBy ? `, put there by ${model.inServiceBy.name}` : ', by the service itself'}
          </Fact>
        ) : null}
        {model.lineage ? <Lineage lineage={model.lineage} /> : null}
      </dl>
      {model.lineage ? <LineageFields digest={model.digest} /> : null}
      {model.card.trim() ? (
        <Markdown source={model.card} />
      ) : (
        <p className="text-sm text-ink-3">This model came without a card.</p>
      )}
      <Plots digest={model.digest} names={model.plots} />
    </article>
  );
}

function Lineage({ lineage }: { lineage: NonNullable<RegisteredModel['lineage']> }) {
  const { base, passedOver, kind, corrections, patients, reserved, quarantined } = lineage;
  return (
    <>
      <Fact name="Retrained from">
        <span className="font-mono text-xs">{shortDigest(base)}</span>: {PART_WORDS[kind]}
        {passedOver
          ? `; not from ${shortDigest(passedOver.digest)}, then in service, which had learned ${passedOver.labels === 1 ? 'a label' : `${passedOver.labels} labels`} withdrawn since`
          : null}
      </Fact>
      <Fact name="Learned from">
        {corrections} corrected {corrections === 1 ? 'field' : 'fields'} of {patients}{' '}
        {patients === 1 ? 'patient' : 'patients'}; {reserved} kept for the test side, {quarantined}{' '}
        quarantined
      </Fact>
    </>
  );
}

function Fact({ name, wide, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? 'col-span-2' : undefined}>
      <dt className="eyebrow">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
