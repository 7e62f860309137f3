'use client';

import { type NavItem, useShortcuts } from '@blastwise/ui';
import { useQuery } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { useTRPC } from '../../trpc/client.tsx';
import { mayDecide, useProfile } from '../shared/index.ts';
import { isAdmin, PLACES, type Place } from './places.tsx';
import { useWorklistView, type WorklistFilter } from './worklist-filter.tsx';

const GROUPS = ['work', 'admin', 'help'] as const;

/** For who decides, the worklist is one page by two names: what it shows says at which of them one is. */
function placeInWorklist(pathname: string, filter: WorklistFilter, decides: boolean): string | null {
  if (!pathname.startsWith('/cases') && !pathname.startsWith('/decide')) return null;
  return decides && filter.adjudication === 'disputed' ? '/decide' : '/cases';
}

/** The places of whoever is signed in, reached by click and by keys. */
export function useNavigation(): NavItem[][] {
  const trpc = useTRPC();
  const pathname = usePathname();
  const router = useRouter();
  const profile = useProfile();
  const decides = mayDecide(profile);
  const { filter, setFilter } = useWorklistView();
  const toDecide = useQuery(trpc.cases.toDecide.queryOptions(undefined, { enabled: decides }));
  const admin = { enabled: isAdmin(profile) };
  const openAlarms = useQuery(trpc.monitoring.openAlarms.queryOptions(undefined, admin));
  const withoutSenior = useQuery(trpc.users.withoutSenior.queryOptions(undefined, admin));
  const counts: Readonly<Record<string, number>> = {
    '/decide': toDecide.data?.cases ?? 0,
    '/admin/monitoring': openAlarms.data?.alarms ?? 0,
    '/admin/users': withoutSenior.data?.fields ?? 0,
  };
  const places = PLACES.filter((place) => place.shownTo(profile));
  const inWorklist = placeInWorklist(pathname, filter, decides);
  const enter = ({ shows }: Place) => {
    if (shows && decides) setFilter(shows(filter));
  };
  const go = (place: Place) => () => {
    enter(place);
    router.push(place.href);
  };
  useShortcuts(Object.fromEntries(places.map((place) => [place.keys, go(place)])));
  return GROUPS.map((group) =>
    places
      .filter((place) => place.group === group)
      .map((place) => ({
        href: place.href,
        label: place.label,
        icon: place.icon,
        keys: place.keys,
        current: inWorklist ? place.href === inWorklist : pathname.startsWith(place.href),
        onSelect: () => enter(place),
        ...(place.href in counts ? { count: counts[place.href] } : {}),
      })),
  ).filter((group) => group.length > 0);
}
