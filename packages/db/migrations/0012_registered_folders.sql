CREATE TABLE "registered_folders" (
	"base_digest" text PRIMARY KEY NOT NULL,
	"fields" integer NOT NULL,
	"problem" text,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "registered_folders_fields_count" CHECK ("registered_folders"."fields" >= 0)
);
--> statement-breakpoint
ALTER TABLE "trainings" ADD COLUMN "kind" text DEFAULT 'head' NOT NULL;--> statement-breakpoint
ALTER TABLE "trainings" ADD COLUMN "folder_fields" integer;--> statement-breakpoint
ALTER TABLE "registered_folders" ADD CONSTRAINT "registered_folders_base_digest_model_versions_digest_fk" FOREIGN KEY ("base_digest") REFERENCES "public"."model_versions"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_kind_known" CHECK ("trainings"."kind" in ('head', 'network'));--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_network_has_folder" CHECK (("trainings"."kind" = 'network') = ("trainings"."folder_fields" is not null));