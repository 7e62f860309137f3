import { Badge, Button, costText, percent, StageBadge, Table, Td, Th } from '@blastwise/ui';
import Link from 'next/link';
import { caseUrl, lockedThumbUrl, thumbUrl } from '../shared/index.ts';
import type { ComparedAnswer, ComparedField, ModelComparison, RegisteredModel } from './types.ts';
import { differingText, intervalText, listedText, shortDigest } from './words.ts';

/** The figures of both models over all fields, then the fields, those that divide them first. */
export function Compared(props: {
  comparison: ModelComparison;
  first: RegisteredModel;
  second: RegisteredModel;
  onMore: () => void;
}) {
  const { comparison, first, second } = props;
  const { cost, total, blind, fields, costMatrix } = comparison;
  return (
    <>
      <p className="mb-3 text-sm">{differingText(comparison)}</p>
      <Table className="mb-3 max-w-[46rem]">
        <caption className="sr-only">Cost of both models</caption>
        <thead>
          <tr>
            <Th>Cost per field</Th>
            <Th numeric>Mean over the fields</Th>
          </tr>
        </thead>
        <tbody>
          <Figure name={`First, ${shortDigest(first.digest)}`} text={intervalText(cost.first)} />
          <Figure name={`Second, ${shortDigest(second.digest)}`} text={intervalText(cost.second)} />
          <Figure name="Second minus first" text={intervalText(cost.difference, { difference: true })} />
        </tbody>
      </Table>
      <p className="mb-6 max-w-[46rem] text-xs text-ink-3">
        Under the costs in force, version {costMatrix.version}; intervals over patients, and over groups of
        look-alike fields of a locked test set. Each model answers by lowest expected cost and never defers,
        as the gate scores it; the answers are those of its latest judgement. Research use, not for diagnosis.
      </p>
      <Table aria-label="Fields on which both models were judged">
        <thead>
          <tr>
            <Th className="w-14 pl-0">
              <span className="sr-only">Picture</span>
            </Th>
            <Th>Field</Th>
            <Th>Truth</Th>
            <Th>First model</Th>
            <Th>Second model</Th>
            <Th numeric>Cost, first</Th>
            <Th numeric>Cost, second</Th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <Row key={field.imageId ?? `${field.setId} ${field.place}`} field={field} />
          ))}
        </tbody>
      </Table>
      <p className="mt-3 flex items-center gap-3 text-xs text-ink-3" aria-live="polite">
        {listedText(comparison)}
        {fields.length < total - blind ? (
          <Button size="sm" onClick={props.onMore}>
            Show more
          </Button>
        ) : null}
      </p>
    </>
  );
}

function Figure({ name, text }: { name: string; text: string }) {
  return (
    <tr>
      <Td className="py-1">{name}</Td>
      <Td numeric className="py-1">
        {text}
      </Td>
    </tr>
  );
}

function Row({ field }: { field: ComparedField }) {
  const { first, second, actual } = field;
  return (
    <tr>
      <Td className="pl-0">
        <Picture field={field} />
      </Td>
      <Td className="text-xs">
        <Origin field={field} />
        {first.stage === second.stage ? null : (
          <Badge tone="warn" className="ml-2">
            differs
          </Badge>
        )}
      </Td>
      <Td>
        <StageBadge stage={actual} />
      </Td>
      <Td>
        <Answer answer={first} />
      </Td>
      <Td>
        <Answer answer={second} />
      </Td>
      <Td numeric>{costText(first.cost)}</Td>
      <Td numeric>{costText(second.cost)}</Td>
    </tr>
  );
}

function Picture({ field: { imageId, setId, place, setHasImages, side } }: { field: ComparedField }) {
  const src = imageId
    ? thumbUrl(imageId)
    : side === 'locked' && setHasImages
      ? lockedThumbUrl(setId, place)
      : null;
  return src ? (
    <img
      src={src}
      alt=""
      width={32}
      height={32}
      loading="lazy"
      className="size-8 rounded-sm bg-matte object-cover"
    />
  ) : (
    <span
      title="Only the features of this field are kept"
      className="block size-8 rounded-sm border border-dashed border-rule-strong"
    />
  );
}

function Origin({ field: { caseId, setName, place, group } }: { field: ComparedField }) {
  return caseId ? (
    <Link href={caseUrl(caseId)} className="text-accent underline underline-offset-2">
      Case {caseId.slice(-8)}
    </Link>
  ) : (
    <span className="text-ink-2" title={`${setName}, group ${group}`}>
      Locked field {place + 1}
    </span>
  );
}

function Answer({ answer: { stage, probability, expectedCost, assessable } }: { answer: ComparedAnswer }) {
  return (
    <>
      <StageBadge stage={stage} />
      <span className="tabular block text-xs text-ink-3">
        {percent(probability)}, expected cost {costText(expectedCost)}
        {assessable ? '' : '; not assessable'}
      </span>
    </>
  );
}
