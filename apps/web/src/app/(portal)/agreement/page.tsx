import type { Metadata } from 'next';
import { AgreementPage } from '../../../features/agreement/index.ts';
import { SeniorsAndAdminsOnly } from '../../../features/shell/index.ts';

export const metadata: Metadata = { title: 'Agreement' };

export default function Page() {
  return (
    <SeniorsAndAdminsOnly>
      <AgreementPage />
    </SeniorsAndAdminsOnly>
  );
}
