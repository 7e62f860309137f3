CREATE TABLE "locked_test_outcomes" (
	"use_id" uuid PRIMARY KEY NOT NULL,
	"verdict" text,
	"judgement" jsonb,
	"failure" text,
	"ended_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "locked_test_outcomes_verdict_known" CHECK ("locked_test_outcomes"."verdict" in ('promote', 'refuse', 'insufficient-evidence')),
	CONSTRAINT "locked_test_outcomes_consistent" CHECK (("locked_test_outcomes"."verdict" is null) = ("locked_test_outcomes"."judgement" is null) and ("locked_test_outcomes"."verdict" is null) <> ("locked_test_outcomes"."failure" is null))
);
--> statement-breakpoint
CREATE TABLE "locked_test_sets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"origin" text NOT NULL,
	"content_sha256" text NOT NULL,
	"network_sha256" text,
	"images" jsonb,
	"fields" integer NOT NULL,
	"groups" integer NOT NULL,
	"budget" integer NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "locked_test_sets_content_sha256_unique" UNIQUE("content_sha256"),
	CONSTRAINT "locked_test_sets_content_is_sha256" CHECK ("locked_test_sets"."content_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "locked_test_sets_network_is_sha256" CHECK ("locked_test_sets"."network_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "locked_test_sets_images_or_features" CHECK (("locked_test_sets"."images" is null) <> ("locked_test_sets"."network_sha256" is null)),
	CONSTRAINT "locked_test_sets_not_empty" CHECK ("locked_test_sets"."fields" > 0 and "locked_test_sets"."groups" > 0),
	CONSTRAINT "locked_test_sets_budget_positive" CHECK ("locked_test_sets"."budget" > 0)
);
--> statement-breakpoint
CREATE TABLE "locked_test_uses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"set_id" uuid NOT NULL,
	"champion_digest" text NOT NULL,
	"challenger_digest" text NOT NULL,
	"cost_matrix_id" uuid NOT NULL,
	"requested_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "locked_test_uses_two_models" CHECK ("locked_test_uses"."champion_digest" <> "locked_test_uses"."challenger_digest")
);
--> statement-breakpoint
ALTER TABLE "model_versions" ADD COLUMN "registered_by" uuid;--> statement-breakpoint
ALTER TABLE "model_versions" ADD COLUMN "trained_by" uuid;--> statement-breakpoint
ALTER TABLE "locked_test_outcomes" ADD CONSTRAINT "locked_test_outcomes_use_id_locked_test_uses_id_fk" FOREIGN KEY ("use_id") REFERENCES "public"."locked_test_uses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locked_test_sets" ADD CONSTRAINT "locked_test_sets_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locked_test_uses" ADD CONSTRAINT "locked_test_uses_set_id_locked_test_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "public"."locked_test_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locked_test_uses" ADD CONSTRAINT "locked_test_uses_champion_digest_model_versions_digest_fk" FOREIGN KEY ("champion_digest") REFERENCES "public"."model_versions"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locked_test_uses" ADD CONSTRAINT "locked_test_uses_challenger_digest_model_versions_digest_fk" FOREIGN KEY ("challenger_digest") REFERENCES "public"."model_versions"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locked_test_uses" ADD CONSTRAINT "locked_test_uses_cost_matrix_id_cost_matrices_id_fk" FOREIGN KEY ("cost_matrix_id") REFERENCES "public"."cost_matrices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locked_test_uses" ADD CONSTRAINT "locked_test_uses_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "locked_test_uses_set" ON "locked_test_uses" USING btree ("set_id");--> statement-breakpoint
CREATE INDEX "locked_test_uses_challenger" ON "locked_test_uses" USING btree ("challenger_digest");--> statement-breakpoint
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_registered_by_users_id_fk" FOREIGN KEY ("registered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_trained_by_users_id_fk" FOREIGN KEY ("trained_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;