import type { Metadata } from 'next';
import { Worklist } from '../../../features/worklist/index.ts';

export const metadata: Metadata = { title: 'Worklist' };

export default function Page() {
  return <Worklist />;
}
