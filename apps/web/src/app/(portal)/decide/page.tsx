import type { Metadata } from 'next';
import { ToDecide } from '../../../features/worklist/index.ts';

export const metadata: Metadata = { title: 'To decide' };

export default function Page() {
  return <ToDecide />;
}
