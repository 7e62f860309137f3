export { fieldErrorsOf, reasonOf, sentenceOf } from './errors.ts';
export { LoadError } from './load-error.tsx';
export { Moment } from './moment.tsx';
export { NOTICE } from './notice.ts';
export { NoticeBar } from './notice-bar.tsx';
export { caseUrl, imageUrl, maskUrl, thumbUrl } from './urls.ts';
export { statusWord, type WorkStatus, WorkStatusLabel } from './work-status.tsx';
