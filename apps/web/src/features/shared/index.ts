export { AdjudicationSign } from './adjudication-sign.tsx';
export { BlindReview } from './blind-review.tsx';
export { ConfirmField } from './confirm-field.tsx';
export { fieldErrorsOf, loadSentenceOf, reasonOf, sentenceOf, titleOf } from './errors.ts';
export { FormError, PasswordField, ReasonField } from './form-fields.tsx';
export { LoadError } from './load-error.tsx';
export { Moment } from './moment.tsx';
export { NOTICE } from './notice.ts';
export { NoticeBar } from './notice-bar.tsx';
export {
  mayDecide,
  mayRead,
  mayWeighReaders,
  type Profile,
  ProfileProvider,
  useProfile,
} from './profile.tsx';
export { SignOnButton } from './sign-on-button.tsx';
export { type Signature, SignedDialog } from './signed-dialog.tsx';
export { dateTime, utcTime } from './time.ts';
export {
  caseUrl,
  heatmapUrl,
  imageUrl,
  lockedThumbUrl,
  maskUrl,
  nucleusUrl,
  plotUrl,
  readingMaskUrl,
  thumbUrl,
} from './urls.ts';
export { statusWord, type WorkStatus, WorkStatusLabel } from './work-status.tsx';
