export { AdminOnly } from './admin-only.tsx';
export { Logo } from './logo.tsx';
export { OwnPassword } from './own-password.tsx';
export { PortalShell } from './portal-shell.tsx';
export { mayRead, type Profile, useProfile } from './profile.tsx';
export { ShortcutTable } from './shortcuts-help.tsx';
export { ToSignIn } from './to-sign-in.tsx';
export { useWorklistView, type WorklistFilter } from './worklist-filter.tsx';
