CREATE TABLE `cursors` (
	`group_id` text NOT NULL,
	`user_id` text NOT NULL,
	`read_seq` integer NOT NULL,
	`read_at` integer,
	`delivered_seq` integer NOT NULL,
	`mark` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`group_id`, `user_id`)
);
--> statement-breakpoint
CREATE TABLE `follows` (
	`group_id` text NOT NULL,
	`user_id` text NOT NULL,
	`root_seq` integer NOT NULL,
	`following` integer NOT NULL,
	`read_seq` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`group_id`, `user_id`, `root_seq`)
);
--> statement-breakpoint
ALTER TABLE `messages` ADD `parent_seq` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `also_to_group` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `updated_at` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `edited` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `deleted_at` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `reply_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `last_reply_at` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `reply_user_ids` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `mentions` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `mentioned_here` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `mentions_all` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `pinned_at` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `pinned_by` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `reactions` text;