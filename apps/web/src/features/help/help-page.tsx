'use client';

import { SEVERITIES } from '@blastwise/contracts';
import { PageHeader, ScrollRegion, STAGE_MEANING, STAGES, StageBadge } from '@blastwise/ui';
import { Fragment, type ReactNode } from 'react';
import { SEVERITY_WORDS } from '../case/index.ts';
import { NOTICE, useProfile } from '../shared/index.ts';
import { ShortcutTable } from '../shell/index.ts';
import { WorklistSigns } from '../worklist/index.ts';

/** What the portal is, how to read it, and its keys. */
export function HelpPage() {
  const { idleMinutes } = useProfile();
  return (
    <div className="flex h-full flex-col">
      <PageHeader title="Help" />
      <ScrollRegion label="Help" className="flex-1">
        <div className="mx-auto grid max-w-[66rem] grid-cols-1 gap-x-14 gap-y-8 px-7 py-7 lg:grid-cols-2">
          <Part title="What it is">
            <p>
              Blastwise reads fields of peripheral blood smears for the maturity stage of acute lymphoblastic
              leukemia. It decides by expected cost, because confusing two stages is not equally harmful for
              every pair, and it defers a field to a second reader where every answer is expected to cost more
              than that, where several stages cannot be ruled out, or where the image is unlike those the
              model learned from.
            </p>
            <p className="font-semibold">{NOTICE}.</p>
          </Part>
          <Part title="The four stages">
            <ul>
              {STAGES.map((stage, i) => (
                <li key={stage} className="flex h-7 items-center gap-3">
                  <StageBadge stage={stage} className="w-20" />
                  <span className="flex-1 text-ink-2">{STAGE_MEANING[stage]}</span>
                  <span className="font-mono text-xs text-ink-3">{i + 1}</span>
                </li>
              ))}
            </ul>
            <p>Each has its own shape and colour everywhere, so that neither is needed alone.</p>
          </Part>
          <Part title="Signs of the worklist">
            <WorklistSigns />
            <p>
              “Leans” stands before the stage that would cost least of a deferred field: it is no answer. Lead
              says by how many percentage points the most probable stage is ahead of the next.
            </p>
          </Part>
          <Part title="How to read a result">
            <dl className="grid grid-cols-[7.5rem_1fr] gap-y-2 [&>dt]:text-ink-3">
              <dt>Mask</dt>
              <dd>
                What the network took for white cells. Look here first: a wrong mask makes the rest doubtful.
              </dd>
              <dt>Probability</dt>
              <dd>
                Calibrated: of fields given 80 % for a stage, about 80 % show it, in the population the model
                was tested on.
              </dd>
              <dt>Expected cost</dt>
              <dd>
                What each answer would cost on average under the matrix in force. The lowest is the decision;
                it need not be the most probable stage.
              </dd>
              <dt>Unvalidated</dt>
              <dd>Said of costs: nobody has yet shown on patients that deciding by these costs does good.</dd>
              <dt>Second reading</dt>
              <dd>
                The dashed line. A field is deferred to a reader when every bar passes it, when several stages
                cannot be ruled out, or when the image is unlike those the model learned from.
              </dd>
              <dt>Not assessable</dt>
              <dd>
                No white cell was found, the image is blank or blurred, or its white cells are over- or
                underexposed, too small or too large: no stage is given. A white background alone is no fault.
              </dd>
            </dl>
          </Part>
          <Part title="How far to trust it">
            <dl className="grid grid-cols-[7.5rem_1fr] gap-y-2 [&>dt]:text-ink-3">
              <dt>Cannot rule out</dt>
              <dd>
                The stages that still fit. Of fields like those the model was tested on, at least the share
                named beside them shows one of them; with more than one, the field is for you to decide.
              </dd>
              <dt>Image</dt>
              <dd>
                Unlike the smears the model learned from: another stain, camera or kind of cell. Its stage
                should not be relied on, however high the percentage.
              </dd>
              <dt>Scale</dt>
              <dd>
                By how much the image was enlarged or reduced, so that its cells are as large as known ones.
              </dd>
              <dt>Cells</dt>
              <dd>
                Which white cells speak for which stage, and how strongly relative to the others, in log-odds:
                above 0 for a stage, below 0 against it. Rest the pointer on a cell, or walk through the list
                by Tab.
              </dd>
              <dt>Heatmap</dt>
              <dd>
                Where the evidence for a stage lies, from dark (none) to yellow (most). Evidence beside the
                cells is a reason to doubt the answer. It shows what the network looked at, not why it is so.
              </dd>
            </dl>
          </Part>
          <Part title="Why your reading matters">
            <p>
              Say what you see, how sure you are and what confirmed it. Where you differ from the decision,
              say how much the error would have mattered: the number of corrections tells how often the model
              errs, only the severity tells what an error costs. It is asked again when you read the field
              with another decision on screen. A reading is never overwritten; a later one supersedes it.
            </p>
            <p>
              An admin can have costs computed from the severities that readers gave to errors on settled
              fields. Costs change only when one admin proposes a version and another, who sees what it rests
              on, activates it. Fields that are not settled are then decided again, also those that wait for
              another reader; settled fields keep their decision, and every reading the one its reader saw.
            </p>
            <p>
              On a field in doubt you are also asked, once you have read it, which error you would rather
              risk. What readers answer is turned into costs that stand beside those from severities; they
              change nothing by themselves. You need not answer, and can take an answer back.
            </p>
          </Part>
          <Part title="When the mask is wrong">
            <p>
              Correct it in the viewer: brush and eraser by mouse or pen, for the cells and for their nuclei.
              A finger, or the mouse with Shift held, moves the field. What you have drawn is kept in this
              browser, also when the page is left, until it is recorded with a reading; “Keep the stage as it
              stands” is for who corrects the mask alone.
            </p>
            <p>
              The model’s mask stays: key v changes between both, and every earlier correction can be shown
              from the list of readings. Retraining takes a corrected mask for truer than what it began from.
            </p>
          </Part>
          <Part title="When a field is settled">
            <dl className="grid grid-cols-[7.5rem_1fr] gap-y-2 [&>dt]:text-ink-3">
              <dt>One reader</dt>
              <dd>By eye or cytochemistry the field waits for a second reader.</dd>
              <dt>Settled</dt>
              <dd>
                Two readers agree and nobody disagrees, or flow cytometry or genetics confirm the stage, or a
                senior decides.
              </dd>
              <dt>Disputed</dt>
              <dd>
                Readers disagree, or one calls the error so severe that a senior shall decide: a senior reads
                the field then, and the last senior to read it has the last word. From which severity on, an
                admin sets on the Agreement page, for readings from then on; at first, only critical errors.
              </dd>
            </dl>
          </Part>
          <Part title="Signing a case">
            <p>
              Once every field is read, sign the case (key s) with your password, or by signing on with your
              hospital again: that you reviewed it, or, as a senior, that you approve its readings. Name,
              role, time and meaning stand under it for good, and each signature is verified whenever the case
              is opened.
            </p>
            <p>
              A reading added later does not remove a signature: it shows “Changed since”, the worklist finds
              the case under that name, and it can be signed again.
            </p>
          </Part>
          <Part title="What is watched">
            <dl className="grid grid-cols-[7.5rem_1fr] gap-y-2 [&>dt]:text-ink-3">
              <dt>Blind review</dt>
              <dd>
                Chance draws some cases. Of these you see nothing of the AI before you have recorded your
                reading; only so can be told whether its answers get better.
              </dd>
              <dt>Informative</dt>
              <dd>
                A reading teaches the model most where its probabilities are spread, the top two stages lie
                close, an error is expected to be costly and the image is unfamiliar; the order is by the mean
                of the four.
              </dd>
              <dt>Drift</dt>
              <dd>
                Each 20 cases are compared with the first 40 of the model in service: cells, stages,
                confidence, deferrals, overridden answers; stain and brightness with the first 40 of all. An
                alarm says that something has changed, not that an answer is wrong. Admins acknowledge it.
              </dd>
            </dl>
          </Part>
          <Part title="How the model learns">
            <p>
              Settled fields can retrain the head of the model in service: the last layers, from features to
              stages. An admin starts it with a reason and sees every epoch. A fifth of all patients, chosen
              once and for good, is kept to test on and never learned from, and an image that shows what a
              held-out image shows is left out and named.
            </p>
            <p>
              The result is a new model beside the one in service and changes no answer by itself. Where the
              one in service has learned a label that was withdrawn since, a training starts from the last
              model before it that had not.
            </p>
          </Part>
          <Part title="Severity of an error">
            <dl className="grid grid-cols-[7.5rem_1fr] gap-y-1 [&>dt]:text-ink-3">
              {SEVERITIES.map((severity) => (
                <Fragment key={severity}>
                  <dt>{SEVERITY_WORDS[severity].label}</dt>
                  <dd>{SEVERITY_WORDS[severity].hint}</dd>
                </Fragment>
              ))}
            </dl>
          </Part>
          <Part title="Who does what">
            <p>
              Clinicians and seniors submit and read fields; seniors also decide what is disputed. Admins look
              after users, costs, the model and the audit trail, and read no fields; while nobody is a senior,
              they see beside Users how many fields wait for one. Whoever draws up or proposes a cost matrix
              cannot activate it. Every sign-in, every look at a case, every change and every refusal stands
              in the audit trail, which nobody can edit. After {idleMinutes} minutes in which you touch
              nothing you are signed out; two minutes before, the portal says so. Sessions, in the account
              menu, says where else you are signed in, and ends it there.
            </p>
          </Part>
          <Part title="When the model changes">
            <p>
              The champion is the model that analyses. A challenger, retrained or brought in at the server, is
              judged against it on fields that no model learns from. It may replace the champion only if it is
              proven cheaper under the costs in force and misses no more leukemia beyond a small margin; and
              whichever test set it is judged on, it may not be worse on the first one. Each judgement uses up
              a part of both; when nothing is left of a set, no model is judged on it any more. Admins set the
              margin, with a reason; whoever widens it neither makes nor promotes a model by it.
            </p>
            <p>
              Whoever registered a challenger, or started or resumed a training of it, does not promote it.
              One admin can roll back to an earlier champion at once. Every result names the model that made
              it; what a model no longer in service said of an unread field can be analysed again on its page.
            </p>
          </Part>
          <section className="lg:col-span-2">
            <h2 className="mb-3 border-b border-rule pb-1.5 text-base font-semibold">Keyboard</h2>
            <ShortcutTable />
          </section>
        </div>
      </ScrollRegion>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-2 border-b border-rule pb-1.5 text-base font-semibold">{title}</h2>
      <div className="flex flex-col gap-2 leading-6">{children}</div>
    </section>
  );
}
