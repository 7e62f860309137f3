import type { RouterOutputs } from '../../trpc/types.ts';

export type Monitoring = RouterOutputs['monitoring']['get'];
export type Watched = NonNullable<Monitoring['watched']>;
export type WatchedQuantity = Watched['quantities'][number];
export type WatchedSeries = Watched['series'][number];
export type Finding = NonNullable<WatchedQuantity['finding']>;
export type Alarm = Monitoring['alarms'][number];
