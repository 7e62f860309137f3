CREATE TABLE "drift_alarms" (
	"id" uuid PRIMARY KEY NOT NULL,
	"window_id" uuid NOT NULL,
	"model_digest" text NOT NULL,
	"quantity" text NOT NULL,
	"value" double precision NOT NULL,
	"threshold" double precision NOT NULL,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"acknowledged_at" timestamp (3) with time zone,
	"acknowledged_by" uuid,
	"reason" text,
	CONSTRAINT "drift_alarms_quantity_known" CHECK ("drift_alarms"."quantity" in ('background-red', 'background-blue', 'background-brightness', 'cells', 'out-of-distribution', 'stage', 'confidence', 'deferred', 'corrected')),
	CONSTRAINT "drift_alarms_acknowledged_with_reason" CHECK (("drift_alarms"."acknowledged_at" is null) = ("drift_alarms"."reason" is null) and ("drift_alarms"."acknowledged_at" is null) = ("drift_alarms"."acknowledged_by" is null))
);
--> statement-breakpoint
CREATE TABLE "drift_windows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"model_digest" text NOT NULL,
	"series" text NOT NULL,
	"number" integer NOT NULL,
	"case_ids" jsonb NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	"findings" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "drift_windows_once" UNIQUE("model_digest","series","number"),
	CONSTRAINT "drift_windows_series_known" CHECK ("drift_windows"."series" in ('analysed', 'read')),
	CONSTRAINT "drift_windows_number_counts" CHECK ("drift_windows"."number" >= 0)
);
--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "background" jsonb;--> statement-breakpoint
ALTER TABLE "case_states" ADD COLUMN "information" double precision DEFAULT -1 NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "blind_review" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "service_settings" ADD COLUMN "blind_share" double precision DEFAULT 0.05 NOT NULL;--> statement-breakpoint
ALTER TABLE "drift_alarms" ADD CONSTRAINT "drift_alarms_window_id_drift_windows_id_fk" FOREIGN KEY ("window_id") REFERENCES "public"."drift_windows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drift_alarms" ADD CONSTRAINT "drift_alarms_model_digest_model_versions_digest_fk" FOREIGN KEY ("model_digest") REFERENCES "public"."model_versions"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drift_alarms" ADD CONSTRAINT "drift_alarms_acknowledged_by_users_id_fk" FOREIGN KEY ("acknowledged_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drift_windows" ADD CONSTRAINT "drift_windows_model_digest_model_versions_digest_fk" FOREIGN KEY ("model_digest") REFERENCES "public"."model_versions"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "drift_alarms_one_open" ON "drift_alarms" USING btree ("model_digest","quantity") WHERE "drift_alarms"."acknowledged_at" is null;--> statement-breakpoint
CREATE INDEX "drift_alarms_opened" ON "drift_alarms" USING btree ("opened_at");--> statement-breakpoint
CREATE INDEX "analyses_model" ON "analyses" USING btree ("model_digest","created_at");--> statement-breakpoint
CREATE INDEX "case_states_information" ON "case_states" USING btree ("information","case_id");--> statement-breakpoint
ALTER TABLE "service_settings" ADD CONSTRAINT "service_settings_blind_share_is_a_share" CHECK ("service_settings"."blind_share" between 0 and 1);--> statement-breakpoint
UPDATE "case_states" SET "information" = line.information
FROM (
  SELECT images.case_id, max((
    (SELECT -sum(p * ln(greatest(p, 1e-12))) / ln(4) FROM jsonb_each_text(analyses.probabilities) AS stage (name, text),
      LATERAL (SELECT text::float8 AS p) AS probability)
    + 1 - analyses.margin
    + CASE WHEN cost_matrices.referral_cost > 0 THEN least(1, decisions.expected_cost / cost_matrices.referral_cost) ELSE 1 END
    + least(1, coalesce((analyses.out_of_distribution ->> 'score')::float8, 0))) / 4) AS information
  FROM images
  JOIN image_states ON image_states.image_id = images.id AND image_states.correction_id IS NULL
  JOIN analyses ON analyses.id = image_states.analysis_id
  JOIN decisions ON decisions.id = image_states.decision_id
  JOIN cost_matrices ON cost_matrices.id = decisions.cost_matrix_id
  GROUP BY images.case_id
) AS line WHERE case_states.case_id = line.case_id;
