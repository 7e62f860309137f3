export { askChoice, type DoubtfulPair } from './ask-choice.ts';
export {
  type Choice,
  type ChoiceOptions,
  type ChosenCosts,
  DEFAULT_CHOICE_OPTIONS,
  fitChoices,
  LEARNED_AT_LEAST,
} from './choice-model.ts';
export type { Foretold } from './foretell.ts';
