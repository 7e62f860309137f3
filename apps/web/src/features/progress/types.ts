import type { RouterOutputs } from '../../trpc/types.ts';

export type Progress = RouterOutputs['progress']['get'];
export type Course = Progress['override'];
export type Step = Course['steps'][number];
export type Figure = NonNullable<Course['overall']>;
