ALTER TABLE "analyses" ADD COLUMN "prediction_set" jsonb;--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "out_of_distribution" jsonb;--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "scale" jsonb;--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "white_cells" jsonb;--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "nucleus_sha256" text;--> statement-breakpoint
ALTER TABLE "analyses" ADD COLUMN "heatmaps" jsonb;