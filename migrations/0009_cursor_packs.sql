CREATE TABLE `cursor_packs` (
	`group_id` text NOT NULL,
	`pack` integer NOT NULL,
	`cursors` text NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`group_id`, `pack`)
);
--> statement-breakpoint
DROP INDEX `messages_id`;