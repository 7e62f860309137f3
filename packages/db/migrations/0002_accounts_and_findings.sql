ALTER TABLE "case_states" ADD COLUMN "not_assessable" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "case_states" ADD COLUMN "out_of_distribution" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "case_states" ADD COLUMN "set_size" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "case_states" SET "not_assessable" = true WHERE "case_id" IN (
  SELECT images.case_id FROM images
  JOIN image_states ON image_states.image_id = images.id AND image_states.correction_id IS NULL
  JOIN analyses ON analyses.id = image_states.analysis_id AND NOT analyses.assessable
);--> statement-breakpoint
CREATE INDEX "case_states_set_size" ON "case_states" USING btree ("set_size","case_id");--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "must_change_password" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "circle" uuid;--> statement-breakpoint
-- Whoever made an account chose its password: they share a circle, that of the first account of the chain.
WITH RECURSIVE maker AS (
  SELECT DISTINCT ON (subject_id) subject_id::uuid AS id, actor_id
  FROM audit_events WHERE action = 'user.create' AND actor_id IS NOT NULL ORDER BY subject_id, id
), chain AS (
  SELECT id, id AS head FROM users
  UNION
  SELECT chain.id, maker.actor_id FROM chain JOIN maker ON maker.id = chain.head
)
UPDATE "users" SET "circle" = chain.head
FROM chain WHERE chain.id = users.id AND NOT EXISTS (SELECT 1 FROM maker WHERE maker.id = chain.head);--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "circle" SET NOT NULL;
