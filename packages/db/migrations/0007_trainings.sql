CREATE TABLE "trainings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"requested_by" uuid,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"reason" text NOT NULL,
	"cost_weight" double precision,
	"seed" integer NOT NULL,
	"base_digest" text NOT NULL,
	"cost_matrix_id" uuid NOT NULL,
	"manifest" jsonb NOT NULL,
	"manifest_sha256" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"progress" jsonb,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"result_digest" text,
	"outcome" jsonb,
	"failure" text,
	CONSTRAINT "trainings_state_known" CHECK ("trainings"."state" in ('queued', 'running', 'finished', 'failed', 'cancelled')),
	CONSTRAINT "trainings_manifest_sha256_is_sha256" CHECK ("trainings"."manifest_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "trainings_options_in_range" CHECK (coalesce("trainings"."cost_weight" > 0, true) and "trainings"."seed" >= 0 and "trainings"."attempt" >= 0),
	CONSTRAINT "trainings_consistent" CHECK (("trainings"."state" = 'finished') = ("trainings"."result_digest" is not null)
        and ("trainings"."state" = 'finished') = ("trainings"."outcome" is not null)
        and ("trainings"."state" = 'failed') = ("trainings"."failure" is not null)
        and ("trainings"."state" in ('queued', 'running')) = ("trainings"."ended_at" is null))
);
--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_base_digest_model_versions_digest_fk" FOREIGN KEY ("base_digest") REFERENCES "public"."model_versions"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_cost_matrix_id_cost_matrices_id_fk" FOREIGN KEY ("cost_matrix_id") REFERENCES "public"."cost_matrices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_result_digest_model_versions_digest_fk" FOREIGN KEY ("result_digest") REFERENCES "public"."model_versions"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "trainings_one_active" ON "trainings" USING btree ((true)) WHERE "trainings"."state" in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "trainings_newest" ON "trainings" USING btree ("requested_at","id");--> statement-breakpoint
CREATE INDEX "trainings_result" ON "trainings" USING btree ("result_digest");