ALTER TABLE "case_states" ADD COLUMN "disputed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "case_states" ADD COLUMN "awaits_reader" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "corrections" ADD COLUMN "reader_role" text;--> statement-breakpoint
-- The nth reading of a field by somebody is the nth such event of the audit trail, which knows their role at the time.
ALTER TABLE "corrections" DISABLE TRIGGER USER;--> statement-breakpoint
WITH reading AS (
  SELECT id, reader_id, image_id,
    row_number() OVER (PARTITION BY reader_id, image_id ORDER BY created_at, id) AS nth
  FROM corrections
), event AS (
  SELECT actor_id, subject_id, actor_role,
    row_number() OVER (PARTITION BY actor_id, subject_id ORDER BY id) AS nth
  FROM audit_events WHERE action = 'correction.record'
)
UPDATE "corrections" SET "reader_role" = coalesce(event.actor_role, users.role)
FROM reading
JOIN users ON users.id = reading.reader_id
LEFT JOIN event ON event.actor_id = reading.reader_id AND event.subject_id = reading.image_id::text
  AND event.nth = reading.nth
WHERE corrections.id = reading.id;--> statement-breakpoint
ALTER TABLE "corrections" ENABLE TRIGGER USER;--> statement-breakpoint
ALTER TABLE "corrections" ALTER COLUMN "reader_role" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "image_states" ADD COLUMN "adjudication" text;--> statement-breakpoint
ALTER TABLE "image_states" ADD COLUMN "adjudication_why" text;--> statement-breakpoint
ALTER TABLE "image_states" ADD COLUMN "adjudicated_stage" text;--> statement-breakpoint
CREATE INDEX "case_states_disputed" ON "case_states" USING btree ("created_at","case_id") WHERE "case_states"."disputed";--> statement-breakpoint
CREATE INDEX "case_states_awaits_reader" ON "case_states" USING btree ("created_at","case_id") WHERE "case_states"."awaits_reader";--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_reader_role_known" CHECK ("corrections"."reader_role" in ('clinician', 'senior', 'admin'));--> statement-breakpoint
ALTER TABLE "image_states" ADD CONSTRAINT "image_states_adjudication_known" CHECK ("image_states"."adjudication" in ('open', 'disputed', 'adjudicated'));--> statement-breakpoint
ALTER TABLE "image_states" ADD CONSTRAINT "image_states_adjudicated_stage_known" CHECK ("image_states"."adjudicated_stage" in ('Benign', 'Early', 'Pre', 'Pro'));--> statement-breakpoint
ALTER TABLE "image_states" ADD CONSTRAINT "image_states_adjudication_consistent" CHECK (("image_states"."adjudication" is null or "image_states"."correction_id" is not null)
        and ("image_states"."adjudicated_stage" is null or coalesce("image_states"."adjudication" = 'adjudicated', false))
        and case "image_states"."adjudication"
          when 'disputed' then coalesce("image_states"."adjudication_why" in ('disagreement', 'severity'), false)
          when 'adjudicated' then coalesce("image_states"."adjudication_why" in ('senior', 'confirmation', 'agreement'), false)
          else "image_states"."adjudication_why" is null end);