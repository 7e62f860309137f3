CREATE TABLE "signatures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"signer_id" uuid NOT NULL,
	"signer_name" text NOT NULL,
	"signer_role" text NOT NULL,
	"meaning" text NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL,
	"results" jsonb NOT NULL,
	"readings" integer NOT NULL,
	"record_sha256" text NOT NULL,
	"mac" text NOT NULL,
	CONSTRAINT "signatures_signer_role_known" CHECK ("signatures"."signer_role" in ('clinician', 'senior', 'admin')),
	CONSTRAINT "signatures_meaning_known" CHECK ("signatures"."meaning" in ('reviewed', 'approved')),
	CONSTRAINT "signatures_record_is_sha256" CHECK ("signatures"."record_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "signatures_mac_is_sha256" CHECK ("signatures"."mac" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "signatures_readings_count" CHECK ("signatures"."readings" > 0)
);
--> statement-breakpoint
ALTER TABLE "case_states" ADD COLUMN "sign_off" text;--> statement-breakpoint
ALTER TABLE "signatures" ADD CONSTRAINT "signatures_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signatures" ADD CONSTRAINT "signatures_signer_id_users_id_fk" FOREIGN KEY ("signer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "signatures_case" ON "signatures" USING btree ("case_id","signed_at");--> statement-breakpoint
CREATE INDEX "case_states_sign_off" ON "case_states" USING btree ("sign_off","created_at","case_id") WHERE "case_states"."sign_off" is not null;--> statement-breakpoint
ALTER TABLE "case_states" ADD CONSTRAINT "case_states_sign_off_known" CHECK ("case_states"."sign_off" in ('signed', 'changed'));