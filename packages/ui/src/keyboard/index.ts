export { hearCharacterKeys, useCharacterKeys } from './character-keys.ts';
export { type Shortcuts, useShortcuts } from './use-shortcuts.ts';
