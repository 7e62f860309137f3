export { ToDecide } from './to-decide.tsx';
export { Worklist } from './worklist.tsx';
export { WorklistSigns } from './worklist-signs.tsx';
