import type { Metadata } from 'next';
import { SessionsPage } from '../../../features/sessions/index.ts';

export const metadata: Metadata = { title: 'Sessions' };

export default function Page() {
  return <SessionsPage />;
}
