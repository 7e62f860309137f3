ALTER TABLE "corrections" ADD COLUMN "mask_sha256" text;--> statement-breakpoint
ALTER TABLE "corrections" ADD COLUMN "nucleus_sha256" text;--> statement-breakpoint
ALTER TABLE "corrections" ADD COLUMN "masks_from_result" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_mask_is_sha256" CHECK ("corrections"."mask_sha256" ~ '^[0-9a-f]{64}$');--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_nucleus_is_sha256" CHECK ("corrections"."nucleus_sha256" ~ '^[0-9a-f]{64}$');