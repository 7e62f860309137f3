CREATE TABLE "cost_choices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"image_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"reader_id" uuid NOT NULL,
	"reader_role" text NOT NULL,
	"first" text NOT NULL,
	"second" text NOT NULL,
	"answer" text NOT NULL,
	"supersedes_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cost_choices_one_successor" UNIQUE("supersedes_id"),
	CONSTRAINT "cost_choices_reader_role_known" CHECK ("cost_choices"."reader_role" in ('clinician', 'senior', 'admin')),
	CONSTRAINT "cost_choices_first_known" CHECK ("cost_choices"."first" in ('Benign', 'Early', 'Pre', 'Pro')),
	CONSTRAINT "cost_choices_second_known" CHECK ("cost_choices"."second" in ('Benign', 'Early', 'Pre', 'Pro')),
	CONSTRAINT "cost_choices_answer_known" CHECK ("cost_choices"."answer" in ('first', 'second', 'no-preference', 'withdrawn')),
	CONSTRAINT "cost_choices_between_two" CHECK ("cost_choices"."first" <> "cost_choices"."second")
);
--> statement-breakpoint
ALTER TABLE "cost_choices" ADD CONSTRAINT "cost_choices_image_id_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."images"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_choices" ADD CONSTRAINT "cost_choices_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_choices" ADD CONSTRAINT "cost_choices_reader_id_users_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_choices" ADD CONSTRAINT "cost_choices_supersedes_id_cost_choices_id_fk" FOREIGN KEY ("supersedes_id") REFERENCES "public"."cost_choices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cost_choices_reader" ON "cost_choices" USING btree ("image_id","reader_id","created_at");