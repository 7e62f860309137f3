/** What the pseudonyms of demonstration cases begin with: their fields are drawn or from elsewhere, and no sample of anything. */
export const DEMO_PREFIX = 'DEMO-';
