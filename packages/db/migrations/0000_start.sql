CREATE TABLE "analyses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"image_id" uuid NOT NULL,
	"model_digest" text NOT NULL,
	"model_name" text NOT NULL,
	"preprocessing" text NOT NULL,
	"calibration" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"assessable" boolean NOT NULL,
	"reasons" jsonb NOT NULL,
	"stage" text NOT NULL,
	"probabilities" jsonb NOT NULL,
	"margin" double precision NOT NULL,
	"cells" integer NOT NULL,
	"mask_fraction" double precision NOT NULL,
	"mask_sha256" text NOT NULL,
	"duration_ms" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "analyses_once_per_model" UNIQUE("image_id","model_digest"),
	CONSTRAINT "analyses_stage_known" CHECK ("analyses"."stage" in ('Benign', 'Early', 'Pre', 'Pro')),
	CONSTRAINT "analyses_mask_is_sha256" CHECK ("analyses"."mask_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "analyses_ranges" CHECK ("analyses"."cells" >= 0 and "analyses"."mask_fraction" between 0 and 1 and "analyses"."margin" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"analysis_id" uuid NOT NULL,
	"cost_matrix_id" uuid NOT NULL,
	"stage" text,
	"expected_costs" jsonb NOT NULL,
	"expected_cost" double precision NOT NULL,
	"defer" boolean NOT NULL,
	"reasons" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "decisions_once_per_matrix" UNIQUE("analysis_id","cost_matrix_id"),
	CONSTRAINT "decisions_stage_known" CHECK ("decisions"."stage" in ('Benign', 'Early', 'Pre', 'Pro'))
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"actor_id" uuid,
	"actor_role" text NOT NULL,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text,
	"fields" jsonb NOT NULL,
	"reason" text,
	"digests" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"chain" text PRIMARY KEY NOT NULL,
	"count" bigint NOT NULL,
	"hash" text NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL,
	"signature" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"event_id" bigint NOT NULL,
	"hash" text NOT NULL,
	"sealed_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "audit_seals_event_id_unique" UNIQUE("event_id")
);
--> statement-breakpoint
CREATE TABLE "case_states" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"stages" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"expected_cost" double precision DEFAULT -1 NOT NULL,
	"margin" double precision DEFAULT 2 NOT NULL,
	CONSTRAINT "case_states_status_known" CHECK ("case_states"."status" in ('queued', 'failed', 'deferred', 'analysed', 'corrected')),
	CONSTRAINT "case_states_stages_are_a_list" CHECK (jsonb_typeof("case_states"."stages") = 'array')
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pseudonym" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"submitted_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "images" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"blob_sha256" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"bytes" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "images_position" UNIQUE("case_id","position"),
	CONSTRAINT "images_blob_is_sha256" CHECK ("images"."blob_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "images_size_positive" CHECK ("images"."width" > 0 and "images"."height" > 0 and "images"."bytes" > 0)
);
--> statement-breakpoint
CREATE TABLE "corrections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"image_id" uuid NOT NULL,
	"analysis_id" uuid,
	"decision_id" uuid,
	"reader_id" uuid NOT NULL,
	"stage" text,
	"certainty" text NOT NULL,
	"confirmed_by" text NOT NULL,
	"severity" text NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "corrections_one_successor" UNIQUE("supersedes_id"),
	CONSTRAINT "corrections_stage_known" CHECK ("corrections"."stage" in ('Benign', 'Early', 'Pre', 'Pro')),
	CONSTRAINT "corrections_certainty_known" CHECK ("corrections"."certainty" in ('sure', 'probable', 'unsure')),
	CONSTRAINT "corrections_confirmed_by_known" CHECK ("corrections"."confirmed_by" in ('morphology', 'cytochemistry', 'flow-cytometry', 'genetics')),
	CONSTRAINT "corrections_severity_known" CHECK ("corrections"."severity" in ('none', 'minor', 'moderate', 'serious', 'critical'))
);
--> statement-breakpoint
CREATE TABLE "cost_matrices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"matrix" jsonb NOT NULL,
	"referral_cost" double precision NOT NULL,
	"digest" text NOT NULL,
	"validated" boolean DEFAULT false NOT NULL,
	"status" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"reason" text,
	"proposed_by" uuid,
	"proposed_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"decision_reason" text,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "cost_matrices_version_unique" UNIQUE("version"),
	CONSTRAINT "cost_matrices_status_known" CHECK ("cost_matrices"."status" in ('draft', 'proposed', 'active', 'retired', 'rejected')),
	CONSTRAINT "cost_matrices_referral_not_negative" CHECK ("cost_matrices"."referral_cost" >= 0),
	CONSTRAINT "cost_matrices_digest_is_sha256" CHECK ("cost_matrices"."digest" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "cost_matrices_two_people" CHECK ("cost_matrices"."status" not in ('active', 'retired') or "cost_matrices"."decided_by" is distinct from "cost_matrices"."proposed_by" or "cost_matrices"."proposed_by" is null)
);
--> statement-breakpoint
CREATE TABLE "image_states" (
	"image_id" uuid PRIMARY KEY NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"failure_code" text,
	"analysis_id" uuid,
	"decision_id" uuid,
	"correction_id" uuid,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "image_states_status_known" CHECK ("image_states"."status" in ('queued', 'analysed', 'failed')),
	CONSTRAINT "image_states_consistent" CHECK (("image_states"."status" <> 'analysed' or ("image_states"."analysis_id" is not null and "image_states"."decision_id" is not null)) and ("image_states"."status" = 'failed') = ("image_states"."failure_code" is not null))
);
--> statement-breakpoint
CREATE TABLE "model_deployments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"model_digest" text NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_by" uuid,
	"reason" text NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "model_versions" (
	"digest" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"card" text NOT NULL,
	"manifest" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "model_versions_digest_is_sha256" CHECK ("model_versions"."digest" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "service_settings" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"ai_enabled" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "service_settings_one_row" CHECK ("service_settings"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sign_in_attempts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email_digest" text NOT NULL,
	"ip_digest" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ok" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_role_known" CHECK ("users"."role" in ('clinician', 'senior', 'admin'))
);
--> statement-breakpoint
ALTER TABLE "analyses" ADD CONSTRAINT "analyses_image_id_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."images"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "analyses" ADD CONSTRAINT "analyses_model_digest_model_versions_digest_fk" FOREIGN KEY ("model_digest") REFERENCES "public"."model_versions"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_analysis_id_analyses_id_fk" FOREIGN KEY ("analysis_id") REFERENCES "public"."analyses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_cost_matrix_id_cost_matrices_id_fk" FOREIGN KEY ("cost_matrix_id") REFERENCES "public"."cost_matrices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_seals" ADD CONSTRAINT "audit_seals_event_id_audit_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."audit_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_states" ADD CONSTRAINT "case_states_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_submitted_by_users_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "images" ADD CONSTRAINT "images_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_image_id_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."images"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_analysis_id_analyses_id_fk" FOREIGN KEY ("analysis_id") REFERENCES "public"."analyses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_reader_id_users_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_supersedes_id_corrections_id_fk" FOREIGN KEY ("supersedes_id") REFERENCES "public"."corrections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_matrices" ADD CONSTRAINT "cost_matrices_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_matrices" ADD CONSTRAINT "cost_matrices_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_matrices" ADD CONSTRAINT "cost_matrices_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_states" ADD CONSTRAINT "image_states_image_id_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."images"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_states" ADD CONSTRAINT "image_states_analysis_id_analyses_id_fk" FOREIGN KEY ("analysis_id") REFERENCES "public"."analyses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_states" ADD CONSTRAINT "image_states_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_states" ADD CONSTRAINT "image_states_correction_id_corrections_id_fk" FOREIGN KEY ("correction_id") REFERENCES "public"."corrections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_deployments" ADD CONSTRAINT "model_deployments_model_digest_model_versions_digest_fk" FOREIGN KEY ("model_digest") REFERENCES "public"."model_versions"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_deployments" ADD CONSTRAINT "model_deployments_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decisions_matrix" ON "decisions" USING btree ("cost_matrix_id");--> statement-breakpoint
CREATE INDEX "audit_events_subject" ON "audit_events" USING btree ("subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "audit_events_actor" ON "audit_events" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "case_states_newest" ON "case_states" USING btree ("created_at","case_id");--> statement-breakpoint
CREATE INDEX "case_states_expected_cost" ON "case_states" USING btree ("expected_cost","case_id");--> statement-breakpoint
CREATE INDEX "case_states_margin" ON "case_states" USING btree ("margin","case_id");--> statement-breakpoint
CREATE INDEX "case_states_status" ON "case_states" USING btree ("status");--> statement-breakpoint
CREATE INDEX "cases_pseudonym" ON "cases" USING btree ("pseudonym");--> statement-breakpoint
CREATE INDEX "images_blob" ON "images" USING btree ("blob_sha256");--> statement-breakpoint
CREATE INDEX "corrections_image" ON "corrections" USING btree ("image_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "cost_matrices_one_active" ON "cost_matrices" USING btree ("status") WHERE "cost_matrices"."status" = 'active';--> statement-breakpoint
CREATE INDEX "image_states_status" ON "image_states" USING btree ("status");--> statement-breakpoint
CREATE UNIQUE INDEX "model_deployments_one_in_service" ON "model_deployments" USING btree ((true)) WHERE "model_deployments"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "model_deployments_model" ON "model_deployments" USING btree ("model_digest");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_email" ON "sign_in_attempts" USING btree ("email_digest","at");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_ip" ON "sign_in_attempts" USING btree ("ip_digest","at");