export { CaseSkeleton as default } from '../../../../features/case/index.ts';
