ALTER TABLE `preferences` ADD `read_receipts` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `preferences` ADD `receipts_version` integer DEFAULT 0 NOT NULL;