/**
 * What a backup holds, in an order that satisfies every foreign key, each with the order of its rows. Left out:
 * sessions and sign-in attempts (everybody signs in anew), the jobs (made anew for what waits), who died over a judgement,
 * and what services say of their data folders.
 */
export const BACKUP_TABLES = [
  ['users', 'created_at, id'],
  ['service_settings', 'id'],
  ['model_versions', 'created_at, digest'],
  ['model_deployments', 'started_at, id'],
  ['cost_matrices', 'version'],
  ['locked_test_sets', 'created_at, id'],
  ['locked_test_comparisons', 'images_id, features_id'],
  ['locked_test_uses', 'created_at, id'],
  ['locked_test_outcomes', 'ended_at, use_id'],
  ['trainings', 'requested_at, id'],
  ['cases', 'created_at, id'],
  ['case_states', 'case_id'],
  ['images', 'created_at, id'],
  ['analyses', 'created_at, id'],
  ['decisions', 'created_at, id'],
  // A reading, and a choice, comes after the one that it supersedes.
  ['corrections', 'created_at, id'],
  ['cost_choices', 'created_at, id'],
  ['signatures', 'signed_at, id'],
  // After the images that it names.
  ['judged_fields', 'use_id, side, place'],
  ['image_states', 'image_id'],
  ['drift_windows', 'created_at, id'],
  ['drift_alarms', 'opened_at, id'],
  ['audit_events', 'id'],
  ['audit_seals', 'seq'],
  ['audit_heads', 'chain'],
] as const;

export const NOT_IN_BACKUP = ['sessions', 'sign_in_attempts', 'locked_test_tries', 'registered_folders'];
