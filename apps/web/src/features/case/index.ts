export { CasePage } from './case-page.tsx';
export { CaseSkeleton } from './case-skeleton.tsx';
