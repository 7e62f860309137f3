import type { ReactNode } from 'react';
import { AdminOnly } from '../../../features/shell/index.ts';

export default function AdminLayout({ children }: { children: ReactNode }) {
  return <AdminOnly>{children}</AdminOnly>;
}
