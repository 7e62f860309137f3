export {
  CONDITIONS,
  type Condition,
  PERTURBATION_NAMES,
  PERTURBATIONS,
  type PerturbationName,
  perturb,
} from './perturbations.ts';
export { conditionInWords, type RobustnessRow, robustnessTable } from './table.ts';
