/** Everything the audit trail records, as subject.verb. */
export const AUDIT_ACTIONS = [
  'user.create',
  'user.set-role',
  'user.set-password',
  'user.reset-password',
  'user.disable',
  'user.enable',
  'session.start',
  'session.end',
  'session.refuse',
  'call.refuse',
  'patient.read',
  'case.accept',
  'analysis.store',
  'analysis.fail',
  'analysis.retry',
  'correction.record',
  'costs.draft',
  'costs.propose',
  'costs.activate',
  'costs.reject',
  'model.register',
  'model.deploy',
  'settings.ai',
  'audit.verify',
  'backup.create',
  'backup.restore',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** R3: a matrix, a model, a role or the AI switch is touched only with a reason. */
export const REASONED_ACTIONS: ReadonlySet<AuditAction> = new Set<AuditAction>([
  'user.set-role',
  'user.reset-password',
  'user.disable',
  'user.enable',
  'costs.propose',
  'costs.activate',
  'costs.reject',
  'model.deploy',
  'settings.ai',
]);
