import { ROLES, type Role } from '@blastwise/contracts';

export const ROLE_WORDS: Readonly<Record<Role, { label: string; hint: string }>> = {
  clinician: { label: 'Clinician', hint: 'Submits and reads fields' },
  senior: { label: 'Senior', hint: 'Also decides where readers disagree' },
  admin: { label: 'Admin', hint: 'Users, costs, model and audit; reads no fields' },
};

export const ROLE_OPTIONS = ROLES.map((value) => ({ value, ...ROLE_WORDS[value] }));
