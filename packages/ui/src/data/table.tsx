import type { ComponentProps } from 'react';
import { cn } from '../cn.ts';

/** A dense ruled table. Numbers: give the cell `numeric`. */
export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return <table className={cn('w-full border-collapse text-left text-sm', className)} {...rest} />;
}

export function Th({ className, numeric, ...rest }: ComponentProps<'th'> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      className={cn(
        'h-8 border-b border-rule-strong px-3 eyebrow whitespace-nowrap',
        numeric && 'text-right',
        className,
      )}
      {...rest}
    />
  );
}

/** The cell that names its row. */
export function RowTh({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="row"
      className={cn('border-b border-rule px-3 py-2 text-left align-middle font-medium', className)}
      {...rest}
    />
  );
}

export function Td({ className, numeric, ...rest }: ComponentProps<'td'> & { numeric?: boolean }) {
  return (
    <td
      className={cn(
        'border-b border-rule px-3 py-2 align-middle',
        numeric && 'tabular text-right',
        className,
      )}
      {...rest}
    />
  );
}
