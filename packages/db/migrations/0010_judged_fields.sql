CREATE TABLE "judged_fields" (
	"use_id" uuid NOT NULL,
	"side" text NOT NULL,
	"place" integer NOT NULL,
	"image_id" uuid,
	"group" text NOT NULL,
	"actual" text NOT NULL,
	"champion" jsonb NOT NULL,
	"challenger" jsonb NOT NULL,
	CONSTRAINT "judged_fields_use_id_side_place_pk" PRIMARY KEY("use_id","side","place"),
	CONSTRAINT "judged_fields_side_known" CHECK ("judged_fields"."side" in ('locked', 'reserved')),
	CONSTRAINT "judged_fields_actual_known" CHECK ("judged_fields"."actual" in ('Benign', 'Early', 'Pre', 'Pro')),
	CONSTRAINT "judged_fields_reserved_is_a_field" CHECK (("judged_fields"."side" = 'reserved') = ("judged_fields"."image_id" is not null))
);
--> statement-breakpoint
ALTER TABLE "judged_fields" ADD CONSTRAINT "judged_fields_use_id_locked_test_uses_id_fk" FOREIGN KEY ("use_id") REFERENCES "public"."locked_test_uses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "judged_fields" ADD CONSTRAINT "judged_fields_image_id_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."images"("id") ON DELETE no action ON UPDATE no action;