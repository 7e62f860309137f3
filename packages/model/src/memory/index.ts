export { bytes, floats, integers, workspace } from './workspace.ts';
