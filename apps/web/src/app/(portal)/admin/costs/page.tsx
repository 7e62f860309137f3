import type { Metadata } from 'next';
import { CostsPage } from '../../../../features/costs/index.ts';

export const metadata: Metadata = { title: 'Costs' };

export default function Page() {
  return <CostsPage />;
}
