export { SubmitPage } from './submit-page.tsx';
