export { CasePage } from './case-page.tsx';
export { SEVERITY_WORDS } from './words.ts';
