CREATE TABLE "locked_test_tries" (
	"use_id" uuid NOT NULL,
	"worker" uuid NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"left_at" timestamp (3) with time zone,
	CONSTRAINT "locked_test_tries_use_id_worker_pk" PRIMARY KEY("use_id","worker")
);
--> statement-breakpoint
ALTER TABLE "locked_test_tries" ADD CONSTRAINT "locked_test_tries_use_id_locked_test_uses_id_fk" FOREIGN KEY ("use_id") REFERENCES "public"."locked_test_uses"("id") ON DELETE no action ON UPDATE no action;