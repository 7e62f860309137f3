export { mayDecide, mayRead, type Profile, useProfile } from '../shared/profile.tsx';
export { Logo } from './logo.tsx';
export { OwnPassword } from './own-password.tsx';
export { isAdmin } from './places.tsx';
export { PortalShell } from './portal-shell.tsx';
export { AdminOnly, SeniorsAndAdminsOnly } from './roles-only.tsx';
export { ShortcutTable } from './shortcuts-help.tsx';
export { ToSignIn } from './to-sign-in.tsx';
export { onlyDisputed, useWorklistView, type WorklistFilter } from './worklist-filter.tsx';
