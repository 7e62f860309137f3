export { StageBadge, StageGlyph } from './stage-badge.tsx';
export * from './stages.ts';
