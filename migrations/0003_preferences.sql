CREATE TABLE `preferences` (
	`group_id` text NOT NULL,
	`user_id` text NOT NULL,
	`level` text NOT NULL,
	`muted_until` integer,
	`version` integer NOT NULL,
	PRIMARY KEY(`group_id`, `user_id`)
);
