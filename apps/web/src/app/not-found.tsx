import { EmptyPage } from '../features/shell/empty-page.tsx';

export default function NotFound() {
  return (
    <EmptyPage title="There is nothing here">
      The address may be mistyped, or the case belongs to another installation.
    </EmptyPage>
  );
}
