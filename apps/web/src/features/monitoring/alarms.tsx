'use client';

import { Badge, Button, Table, Td, Th, useToast } from '@blastwise/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import { Moment, SignedDialog } from '../shared/index.ts';
import { QUANTITY_WORDS } from './drift-words.ts';
import type { Alarm } from './types.ts';

/** Alarms, open ones first; each stays open until an admin says what was made of it. */
export function Alarms({ alarms }: { alarms: readonly Alarm[] }) {
  const [asked, setAsked] = useState<Alarm | null>(null);
  if (alarms.length === 0) return <p className="text-sm text-ink-3">No alarm so far.</p>;
  return (
    <>
      <Table aria-label="Alarms">
        <thead>
          <tr>
            <Th>Quantity</Th>
            <Th numeric>Statistic</Th>
            <Th numeric>Alarm above</Th>
            <Th>Model</Th>
            <Th numeric>Window</Th>
            <Th>Opened</Th>
            <Th>Acknowledged</Th>
          </tr>
        </thead>
        <tbody>
          {alarms.map((alarm) => (
            <tr key={alarm.id}>
              <Td className="h-11 font-medium">{QUANTITY_WORDS[alarm.quantity].label}</Td>
              <Td numeric>{alarm.value.toFixed(2)}</Td>
              <Td numeric>{alarm.threshold.toFixed(2)}</Td>
              <Td className="text-ink-2">{alarm.modelName}</Td>
              <Td numeric>{alarm.window}</Td>
              <Td className="text-ink-2">
                <Moment at={alarm.openedAt} />
              </Td>
              <Td>
                {alarm.acknowledged ? (
                  <span className="text-ink-2">
                    {alarm.acknowledged.by.name}, <Moment at={alarm.acknowledged.at} />:{' '}
                    {alarm.acknowledged.reason}
                  </span>
                ) : (
                  <span className="flex items-center gap-3">
                    <Badge tone="warn">open</Badge>
                    <Button
                      size="sm"
                      aria-label={`Acknowledge: ${QUANTITY_WORDS[alarm.quantity].label}, window ${alarm.window}`}
                      onClick={() => setAsked(alarm)}
                    >
                      Acknowledge…
                    </Button>
                  </span>
                )}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {asked ? <Acknowledge alarm={asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

function Acknowledge({ alarm, onClose }: { alarm: Alarm; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const acknowledge = useMutation(
    trpc.monitoring.acknowledge.mutationOptions({
      onSuccess: () => {
        queryClient.invalidateQueries(trpc.monitoring.pathFilter());
        onClose();
        toast({ title: 'Alarm acknowledged', tone: 'good' });
      },
    }),
  );
  return (
    <SignedDialog
      title={`Acknowledge: ${QUANTITY_WORDS[alarm.quantity].label}`}
      description="Say what you found and what was done. The next window that drifts opens another alarm."
      action="Acknowledge"
      signs={false}
      error={acknowledge.error}
      busy={acknowledge.isPending}
      onSubmit={({ reason }) => acknowledge.mutate({ id: alarm.id, reason })}
      onClose={onClose}
    />
  );
}
