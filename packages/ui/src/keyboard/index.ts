export { type Shortcuts, useShortcuts } from './use-shortcuts.ts';
