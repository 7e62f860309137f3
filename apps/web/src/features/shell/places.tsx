import { Cpu, FolderInput, LayoutList, LifeBuoy, Scale, ScrollText, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { mayRead, type Profile } from './profile.tsx';

export interface Place {
  href: string;
  label: string;
  icon: ReactNode;
  keys: string;
  group: 'work' | 'admin' | 'help';
  shownTo: (profile: Profile) => boolean;
}

const isAdmin = (profile: Profile): boolean => profile.role === 'admin';

/** Where one can go, and the keys that lead there. */
export const PLACES: readonly Place[] = [
  {
    href: '/cases',
    label: 'Worklist',
    icon: <LayoutList />,
    keys: 'g w',
    group: 'work',
    shownTo: () => true,
  },
  { href: '/submit', label: 'Submit', icon: <FolderInput />, keys: 'g s', group: 'work', shownTo: mayRead },
  { href: '/admin/costs', label: 'Costs', icon: <Scale />, keys: 'g c', group: 'admin', shownTo: isAdmin },
  { href: '/admin/models', label: 'Model', icon: <Cpu />, keys: 'g m', group: 'admin', shownTo: isAdmin },
  { href: '/admin/users', label: 'Users', icon: <Users />, keys: 'g u', group: 'admin', shownTo: isAdmin },
  {
    href: '/admin/audit',
    label: 'Audit',
    icon: <ScrollText />,
    keys: 'g a',
    group: 'admin',
    shownTo: isAdmin,
  },
  { href: '/help', label: 'Help', icon: <LifeBuoy />, keys: 'g h', group: 'help', shownTo: () => true },
];
