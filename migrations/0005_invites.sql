CREATE TABLE `invite_uses` (
	`code` text NOT NULL,
	`user_id` text NOT NULL,
	`used_at` integer NOT NULL,
	PRIMARY KEY(`code`, `user_id`)
);
--> statement-breakpoint
CREATE TABLE `invites` (
	`code` text PRIMARY KEY NOT NULL,
	`group_id` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`max_uses` integer,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE INDEX `invites_group` ON `invites` (`group_id`);--> statement-breakpoint
CREATE INDEX `invites_expires` ON `invites` (`expires_at`);