'use client';

import { Badge, Button, PageHeader, RowTh, Skeleton, Table, Td, Th } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '../../trpc/client.tsx';
import type { RouterOutputs } from '../../trpc/types.ts';
import { LoadError, Moment } from '../shared/index.ts';
import { useProfile } from '../shell/index.ts';
import { ChangeRole } from './change-role.tsx';
import { CreateUser } from './create-user.tsx';
import { EndSessions } from './end-sessions.tsx';
import { ResetPassword } from './reset-password.tsx';
import { ROLE_WORDS } from './roles.ts';
import { SetDisabled } from './set-disabled.tsx';
import { WithoutSenior } from './without-senior.tsx';

export type User = RouterOutputs['users']['list'][number];
type Asking = { kind: 'create' } | { kind: 'role' | 'password' | 'sessions' | 'disable'; user: User } | null;

/** Who may sign in, and as what. */
export function UsersPage() {
  const trpc = useTRPC();
  const profile = useProfile();
  const list = useQuery(trpc.users.list.queryOptions());
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  return (
    <div className="flex h-full flex-col">
      <PageHeader title="Users">
        <span className="flex-1" />
        <Button variant="primary" onClick={() => setAsking({ kind: 'create' })}>
          <UserPlus /> Add a user
        </Button>
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <WithoutSenior />
        {list.isError ? (
          <LoadError error={list.error} onRetry={() => list.refetch()} />
        ) : (
          <Table aria-label="Users" aria-busy={list.isPending}>
            <thead className="sticky top-0 bg-bg">
              <tr>
                <Th className="pl-5">Name</Th>
                <Th>E-mail</Th>
                <Th>Role</Th>
                <Th>State</Th>
                <Th>Added</Th>
                <Th className="pr-5">
                  <span className="sr-only">Actions</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {(list.data ?? []).map((user) => (
                <tr key={user.id} className="hover:bg-hover">
                  <RowTh className="h-11 pl-5">
                    {user.name}
                    {user.id === profile.id ? <span className="ml-2 font-normal text-ink-3">you</span> : null}
                  </RowTh>
                  <Td className="text-ink-2">{user.email}</Td>
                  <Td>{ROLE_WORDS[user.role].label}</Td>
                  <Td>
                    <StateBadge user={user} />
                  </Td>
                  <Td className="text-ink-2">
                    <Moment at={user.createdAt} />
                  </Td>
                  <Td className="py-0 pr-5 text-right">
                    {user.id === profile.id ? null : (
                      <>
                        <Button
                          variant="quiet"
                          size="sm"
                          aria-label={`Change the role of ${user.name}`}
                          onClick={() => setAsking({ kind: 'role', user })}
                        >
                          Role…
                        </Button>
                        <Button
                          variant="quiet"
                          size="sm"
                          aria-label={`Set a new password for ${user.name}`}
                          onClick={() => setAsking({ kind: 'password', user })}
                        >
                          Password…
                        </Button>
                        <Button
                          variant="quiet"
                          size="sm"
                          aria-label={`End the sessions of ${user.name}`}
                          onClick={() => setAsking({ kind: 'sessions', user })}
                        >
                          Sessions…
                        </Button>
                        <Button
                          variant="quiet"
                          size="sm"
                          aria-label={`${user.disabledAt ? 'Enable' : 'Disable'} ${user.name}`}
                          onClick={() => setAsking({ kind: 'disable', user })}
                        >
                          {user.disabledAt ? 'Enable…' : 'Disable…'}
                        </Button>
                      </>
                    )}
                  </Td>
                </tr>
              ))}
              {list.isPending
                ? ['a', 'b', 'c', 'd'].map((row) => (
                    <tr key={row}>
                      <Td className="h-11 pl-5" colSpan={6}>
                        <Skeleton className="h-4 w-2/3" />
                      </Td>
                    </tr>
                  ))
                : null}
            </tbody>
          </Table>
        )}
      </div>
      {asking?.kind === 'create' ? <CreateUser onClose={close} /> : null}
      {asking?.kind === 'role' ? <ChangeRole user={asking.user} onClose={close} /> : null}
      {asking?.kind === 'password' ? <ResetPassword user={asking.user} onClose={close} /> : null}
      {asking?.kind === 'sessions' ? <EndSessions user={asking.user} onClose={close} /> : null}
      {asking?.kind === 'disable' ? <SetDisabled user={asking.user} onClose={close} /> : null}
    </div>
  );
}

function StateBadge({ user }: { user: User }) {
  if (user.disabledAt) return <Badge tone="bad">disabled</Badge>;
  if (user.mustChangePassword) return <Badge tone="warn">first password</Badge>;
  return <Badge tone="good">active</Badge>;
}
