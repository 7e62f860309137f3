CREATE TABLE "locked_test_comparisons" (
	"images_id" uuid NOT NULL,
	"features_id" uuid NOT NULL,
	"shared" integer NOT NULL,
	CONSTRAINT "locked_test_comparisons_images_id_features_id_pk" PRIMARY KEY("images_id","features_id"),
	CONSTRAINT "locked_test_comparisons_shared_counts" CHECK ("locked_test_comparisons"."shared" >= 0)
);
--> statement-breakpoint
ALTER TABLE "drift_alarms" DROP CONSTRAINT "drift_alarms_quantity_known";--> statement-breakpoint
ALTER TABLE "locked_test_uses" ADD COLUMN "margin" double precision DEFAULT 0.01 NOT NULL;--> statement-breakpoint
ALTER TABLE "locked_test_uses" ADD COLUMN "margin_set_by" uuid;--> statement-breakpoint
ALTER TABLE "service_settings" ADD COLUMN "gate_margin" double precision DEFAULT 0.01 NOT NULL;--> statement-breakpoint
ALTER TABLE "service_settings" ADD COLUMN "gate_margin_set_by" uuid;--> statement-breakpoint
ALTER TABLE "trainings" ADD COLUMN "passed_over" jsonb;--> statement-breakpoint
ALTER TABLE "locked_test_comparisons" ADD CONSTRAINT "locked_test_comparisons_images_id_locked_test_sets_id_fk" FOREIGN KEY ("images_id") REFERENCES "public"."locked_test_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locked_test_comparisons" ADD CONSTRAINT "locked_test_comparisons_features_id_locked_test_sets_id_fk" FOREIGN KEY ("features_id") REFERENCES "public"."locked_test_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locked_test_uses" ADD CONSTRAINT "locked_test_uses_margin_set_by_users_id_fk" FOREIGN KEY ("margin_set_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_settings" ADD CONSTRAINT "service_settings_gate_margin_set_by_users_id_fk" FOREIGN KEY ("gate_margin_set_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drift_alarms" ADD CONSTRAINT "drift_alarms_quantity_known" CHECK ("drift_alarms"."quantity" in ('background-red', 'background-blue', 'background-brightness', 'stain-red', 'stain-blue', 'stain-spread', 'cells', 'out-of-distribution', 'stage', 'confidence', 'deferred', 'corrected'));--> statement-breakpoint
ALTER TABLE "service_settings" ADD CONSTRAINT "service_settings_gate_margin_in_range" CHECK ("service_settings"."gate_margin" between 0 and 0.1);