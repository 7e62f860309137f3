-- Who may do what, and what may never change. Run after the migrations, every time; it states the whole of it.

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'Rows of % are never changed or removed.', tg_table_name using errcode = 'restrict_violation';
end $$;

-- A cost matrix moves through its statuses; what it says stays.
create or replace function keep_cost_matrix() returns trigger language plpgsql as $$
begin
  if (old.id, old.version, old.name, old.matrix, old.referral_cost, old.digest, old.basis, old.created_by, old.created_at)
     is distinct from
     (new.id, new.version, new.name, new.matrix, new.referral_cost, new.digest, new.basis, new.created_by, new.created_at) then
    raise exception 'What a cost matrix says is never changed.' using errcode = 'restrict_violation';
  end if;
  if old.status in ('retired', 'rejected') then
    raise exception 'A retired or rejected cost matrix stays so.' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- A training moves through its states; what it was asked for stays, and so does what came of it.
create or replace function keep_training() returns trigger language plpgsql as $$
begin
  if (old.id, old.requested_by, old.requested_at, old.reason, old.cost_weight, old.seed, old.base_digest, old.cost_matrix_id,
      old.manifest, old.manifest_sha256, old.kind, old.folder_fields, old.passed_over)
     is distinct from
     (new.id, new.requested_by, new.requested_at, new.reason, new.cost_weight, new.seed, new.base_digest, new.cost_matrix_id,
      new.manifest, new.manifest_sha256, new.kind, new.folder_fields, new.passed_over) then
    raise exception 'What a training was asked for is never changed.' using errcode = 'restrict_violation';
  end if;
  if old.state = 'finished' then
    raise exception 'A finished training stays so.' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

do $$
declare
  name text;
begin
  foreach name in array array[
    'audit_events', 'audit_seals', 'analyses', 'decisions', 'corrections', 'cases', 'images', 'model_versions',
    'drift_windows', 'locked_test_sets', 'locked_test_comparisons', 'locked_test_uses', 'locked_test_outcomes',
    'judged_fields', 'cost_choices', 'signatures'
  ] loop
    execute format('create or replace trigger never_changed before update or delete on %I for each row execute function refuse_change()', name);
    execute format('create or replace trigger never_emptied before truncate on %I for each statement execute function refuse_change()', name);
  end loop;
end $$;

create or replace trigger content_never_changed before update on cost_matrices
  for each row execute function keep_cost_matrix();
create or replace trigger never_removed before delete on cost_matrices
  for each row execute function refuse_change();
create or replace trigger never_emptied before truncate on cost_matrices
  for each statement execute function refuse_change();

create or replace trigger content_never_changed before update on trainings
  for each row execute function keep_training();
create or replace trigger never_removed before delete on trainings
  for each row execute function refuse_change();
create or replace trigger never_emptied before truncate on trainings
  for each statement execute function refuse_change();

revoke all on all tables in schema public from blastwise_app;
grant usage on schema public to blastwise_app;
grant select, insert on all tables in schema public to blastwise_app;
grant update (name, role, password_hash, must_change_password, circle, disabled_at) on users to blastwise_app;
grant update (last_seen_at, revoked_at, signed_on_at, signs_until) on sessions to blastwise_app;
grant delete on sign_in_attempts to blastwise_app;
grant update (status, failure_code, analysis_id, decision_id, correction_id, adjudication, adjudication_why, adjudicated_stage,
  updated_at) on image_states to blastwise_app;
grant update (status, stages, expected_cost, margin, information, not_assessable, out_of_distribution, set_size, disputed, awaits_reader, sign_off)
  on case_states to blastwise_app;
grant update (started_at, left_at) on locked_test_tries to blastwise_app;
grant update (fields, problem, seen_at) on registered_folders to blastwise_app;
grant update (ended_at) on model_deployments to blastwise_app;
grant update (ai_enabled, blind_share, senior_decides, gate_margin, gate_margin_set_by, updated_at) on service_settings to blastwise_app;
grant update (acknowledged_at, acknowledged_by, reason) on drift_alarms to blastwise_app;
grant update (count, hash, signed_at, signature) on audit_heads to blastwise_app;
grant update (status, reason, proposed_by, proposed_at, decided_by, decided_at, decision_reason, retired_at)
  on cost_matrices to blastwise_app;
grant update (state, attempt, progress, started_at, ended_at, result_digest, outcome, failure) on trainings to blastwise_app;

grant usage on schema pgboss to blastwise_app;
grant select, insert, update, delete on all tables in schema pgboss to blastwise_app;
grant usage, select on all sequences in schema pgboss to blastwise_app;
