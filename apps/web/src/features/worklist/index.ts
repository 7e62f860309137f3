export { Worklist } from './worklist.tsx';
