import type { Metadata } from 'next';
import { SubmitPage } from '../../../features/submit/index.ts';

export const metadata: Metadata = { title: 'Submit' };

export default function Page() {
  return <SubmitPage />;
}
