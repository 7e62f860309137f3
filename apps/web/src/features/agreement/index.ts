export { AgreementPage } from './agreement-page.tsx';
export { intervalText, kappaText } from './kappa-text.ts';
