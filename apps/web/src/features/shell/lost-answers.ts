import type { QueryClient } from '@tanstack/react-query';
import { reasonOf } from '../shared/errors.ts';

/** An act without an answer may have been done: what is shown is asked for again. Returns how to stop. */
export const followLostAnswers = (queryClient: QueryClient): (() => void) =>
  queryClient.getMutationCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'error') return;
    if (reasonOf(event.action.error) === null) queryClient.invalidateQueries();
  });
