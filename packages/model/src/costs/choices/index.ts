export {
  type Choice,
  type ChoiceOptions,
  type ChosenCosts,
  DEFAULT_CHOICE_OPTIONS,
  fitChoices,
} from './choice-model.ts';
