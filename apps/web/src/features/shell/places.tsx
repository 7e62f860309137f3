import {
  Activity,
  Cpu,
  FolderInput,
  Gavel,
  GraduationCap,
  Handshake,
  LayoutList,
  LifeBuoy,
  Scale,
  ScrollText,
  TrendingDown,
  Users,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { mayDecide, mayRead, mayWeighReaders, type Profile } from '../shared/index.ts';
import { everything, onlyDisputed, type WorklistFilter } from './worklist-filter.tsx';

export interface Place {
  href: string;
  label: string;
  icon: ReactNode;
  keys: string;
  group: 'work' | 'admin' | 'help';
  shownTo: (profile: Profile) => boolean;
  /** How going there changes what the worklist shows. */
  shows?: (filter: WorklistFilter) => WorklistFilter;
}

export const isAdmin = (profile: Profile): boolean => profile.role === 'admin';

/** Where one can go, and the keys that lead there. */
export const PLACES: readonly Place[] = [
  {
    href: '/cases',
    label: 'Worklist',
    icon: <LayoutList />,
    keys: 'g w',
    group: 'work',
    shownTo: () => true,
    shows: everything,
  },
  {
    href: '/decide',
    label: 'To decide',
    icon: <Gavel />,
    keys: 'g d',
    group: 'work',
    shownTo: mayDecide,
    shows: onlyDisputed,
  },
  { href: '/submit', label: 'Submit', icon: <FolderInput />, keys: 'g s', group: 'work', shownTo: mayRead },
  {
    href: '/agreement',
    label: 'Agreement',
    icon: <Handshake />,
    keys: 'g k',
    group: 'work',
    shownTo: mayWeighReaders,
  },
  { href: '/admin/costs', label: 'Costs', icon: <Scale />, keys: 'g c', group: 'admin', shownTo: isAdmin },
  { href: '/admin/models', label: 'Models', icon: <Cpu />, keys: 'g m', group: 'admin', shownTo: isAdmin },
  {
    href: '/admin/monitoring',
    label: 'Monitoring',
    icon: <Activity />,
    keys: 'g o',
    group: 'admin',
    shownTo: isAdmin,
  },
  {
    href: '/admin/progress',
    label: 'Progress',
    icon: <TrendingDown />,
    keys: 'g p',
    group: 'admin',
    shownTo: isAdmin,
  },
  {
    href: '/admin/training',
    label: 'Training',
    icon: <GraduationCap />,
    keys: 'g t',
    group: 'admin',
    shownTo: isAdmin,
  },
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
