ALTER TABLE "sessions" ADD COLUMN "signed_on_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "signs_until" timestamp (3) with time zone;