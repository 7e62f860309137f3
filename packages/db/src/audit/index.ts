export * from './actions.ts';
export { type AuditAnchor, openAuditAnchor } from './anchor.ts';
export * from './append.ts';
export { type AuditKey, fieldDigest, openAuditKey } from './key.ts';
export * from './list.ts';
export { type AuditHead, sealAudit } from './seal.ts';
export * from './sealer.ts';
export * from './verify.ts';
