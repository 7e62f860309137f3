import { z } from 'zod';

/**
 * What an expert says of two decisions on a field in doubt: which of them they would rather take, and so which error they
 * would rather risk.
 */
export const CHOICE_ANSWERS = ['first', 'second', 'no-preference'] as const;
export const choiceAnswerSchema = z.enum(CHOICE_ANSWERS);
export type ChoiceAnswer = z.infer<typeof choiceAnswerSchema>;

/** What is recorded: an answer, or that the one before is taken back. */
export const CHOICE_WORDS = [...CHOICE_ANSWERS, 'withdrawn'] as const;
export const choiceWordSchema = z.enum(CHOICE_WORDS);
export type ChoiceWord = z.infer<typeof choiceWordSchema>;
