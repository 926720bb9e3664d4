CREATE TABLE `files` (
	`group_id` text NOT NULL,
	`id` text NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`etag` text NOT NULL,
	`uploaded_at` integer NOT NULL,
	`metadata` text NOT NULL,
	`message_seq` integer,
	`gone_at` integer,
	`version` integer NOT NULL,
	PRIMARY KEY(`group_id`, `id`)
);
--> statement-breakpoint
ALTER TABLE `messages` ADD `attachments` text;