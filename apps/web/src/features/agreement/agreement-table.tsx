import { percent, RowTh, Skeleton, Table, Td, Th } from '@blastwise/ui';
import type { RouterOutputs } from '../../trpc/types.ts';
import { intervalText, kappaText } from './kappa-text.ts';

type Agreements = RouterOutputs['reviews']['agreement'];
type Figures = Agreements['pairs'][number] | NonNullable<Agreements['overall']>;

const PLACES = ['a', 'b', 'c'];

/** Each two readers, and all pairs together below. */
export function AgreementTable({ agreements }: { agreements: Agreements | undefined }) {
  return (
    <Table aria-label="Agreement by pair of readers" aria-busy={!agreements}>
      <thead className="sticky top-0 bg-bg">
        <tr>
          <Th className="pl-5">Readers</Th>
          <Th numeric>Fields</Th>
          <Th numeric>Patients</Th>
          <Th numeric>Agreement</Th>
          <Th numeric>Kappa</Th>
          <Th numeric className="pr-5">
            Kappa, 95 % interval
          </Th>
        </tr>
      </thead>
      <tbody>
        {agreements?.pairs.map((pair) => {
          const [first, second] = pair.readers;
          return (
            <tr key={`${first.id} ${second.id}`} className="hover:bg-hover">
              <RowTh className="h-11 pl-5">
                {first.name} and {second.name}
              </RowTh>
              <Cells figures={pair} />
            </tr>
          );
        }) ??
          PLACES.map((place) => (
            <tr key={place}>
              <Td className="h-11 pl-5" colSpan={6}>
                <Skeleton className="h-4 w-2/3" />
              </Td>
            </tr>
          ))}
      </tbody>
      {agreements?.overall ? (
        <tfoot>
          <tr>
            <RowTh className="h-11 pl-5">All pairs together</RowTh>
            <Cells figures={agreements.overall} />
          </tr>
        </tfoot>
      ) : null}
    </Table>
  );
}

function Cells({ figures }: { figures: Figures }) {
  return (
    <>
      <Td numeric>{figures.fields}</Td>
      <Td numeric>{figures.patients}</Td>
      <Td numeric>{percent(figures.observed)}</Td>
      <Td numeric>{kappaText(figures.kappa)}</Td>
      <Td numeric className="pr-5 text-ink-2">
        {intervalText(figures.interval)}
      </Td>
    </>
  );
}
