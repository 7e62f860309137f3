import type { Metadata } from 'next';
import { ProgressPage } from '../../../../features/progress/index.ts';

export const metadata: Metadata = { title: 'Progress' };

export default function Page() {
  return <ProgressPage />;
}
