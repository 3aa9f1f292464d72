CREATE TABLE "agreement_acceptances" (
	"group_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"account_id" uuid NOT NULL,
	"accepted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "agreement_acceptances_group_id_account_id_version_pk" PRIMARY KEY("group_id","account_id","version")
);
--> statement-breakpoint
CREATE TABLE "agreement_wordings" (
	"group_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"words" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "agreement_wordings_group_id_version_pk" PRIMARY KEY("group_id","version")
);
--> statement-breakpoint
CREATE TABLE "announcement_mutes" (
	"group_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"muted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "announcement_mutes_group_id_account_id_pk" PRIMARY KEY("group_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "announcements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"account_id" uuid,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"announced_at" timestamp (3) with time zone NOT NULL,
	"edited_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid,
	"group_id" uuid,
	"actor_id" uuid,
	"subject_id" uuid,
	"action" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ballot_counts" (
	"block_id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"voters" integer NOT NULL,
	"dots" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"spread" integer[]
);
--> statement-breakpoint
CREATE TABLE "ballots" (
	"group_id" uuid NOT NULL,
	"block_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"dots" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"step" integer,
	"revision" integer NOT NULL,
	"done" timestamp (3) with time zone,
	CONSTRAINT "ballots_block_id_account_id_pk" PRIMARY KEY("block_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "discussions" (
	"block_id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"topic_id" uuid,
	"timer_ends_at" timestamp (3) with time zone,
	"timer_left" integer,
	"extended" integer DEFAULT 0 NOT NULL,
	"asking" boolean DEFAULT false NOT NULL,
	"next_id" uuid,
	"discussed" uuid[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "go_ons" (
	"group_id" uuid NOT NULL,
	"block_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"go_on" boolean NOT NULL,
	"revision" integer NOT NULL,
	CONSTRAINT "go_ons_block_id_account_id_pk" PRIMARY KEY("block_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "live_deadlines" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "goals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"words" text NOT NULL,
	"skill" text,
	"measure" text DEFAULT '' NOT NULL,
	"due" date,
	"status" text DEFAULT 'open' NOT NULL,
	"report_id" uuid,
	"set_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "commitments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid,
	"session_id" uuid,
	"report_id" uuid,
	"account_id" uuid NOT NULL,
	"cue" text NOT NULL,
	"action" text NOT NULL,
	"due" date,
	"skill" text,
	"status" text DEFAULT 'open' NOT NULL,
	"reflection" text DEFAULT '' NOT NULL,
	"comes_back" boolean DEFAULT true NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "commitments_groupId_id_unique" UNIQUE("group_id","id"),
	CONSTRAINT "said_somewhere_or_nowhere" CHECK (("commitments"."group_id" is null) = ("commitments"."session_id" is null))
);
--> statement-breakpoint
CREATE TABLE "outcomes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"commitment_id" uuid NOT NULL,
	"status" text NOT NULL,
	"reflection" text NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "witnesses" (
	"group_id" uuid NOT NULL,
	"commitment_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"state" text DEFAULT 'asked' NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"remind" boolean DEFAULT false NOT NULL,
	"reminded_at" timestamp (3) with time zone,
	"told_at" timestamp (3) with time zone,
	CONSTRAINT "witnesses_commitment_id_account_id_pk" PRIMARY KEY("commitment_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "put_off" (
	"group_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"suggestion" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "put_off_group_id_account_id_suggestion_pk" PRIMARY KEY("group_id","account_id","suggestion")
);
--> statement-breakpoint
CREATE TABLE "chapters" (
	"group_id" uuid NOT NULL,
	"episode_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"start" double precision NOT NULL,
	"title" text NOT NULL,
	CONSTRAINT "chapters_episode_id_position_pk" PRIMARY KEY("episode_id","position")
);
--> statement-breakpoint
CREATE TABLE "episodes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"title" text NOT NULL,
	"show_title" text,
	"notes" text DEFAULT '' NOT NULL,
	"audio_url" text,
	"page_url" text,
	"artwork_url" text,
	"duration" double precision,
	"language" text,
	"people" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"published_at" timestamp (3) with time zone,
	"imported_by" uuid,
	"imported_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "episodes_groupId_id_unique" UNIQUE("group_id","id")
);
--> statement-breakpoint
CREATE TABLE "segments" (
	"group_id" uuid NOT NULL,
	"episode_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"start" double precision,
	"end" double precision,
	"speaker" text,
	"text" text NOT NULL,
	CONSTRAINT "segments_episode_id_position_pk" PRIMARY KEY("episode_id","position")
);
--> statement-breakpoint
CREATE TABLE "door_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	"made_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "door_marks" (
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"here" boolean NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"gave_place" boolean DEFAULT false NOT NULL,
	"answer" text,
	CONSTRAINT "door_marks_session_id_account_id_pk" PRIMARY KEY("session_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "host_offers" (
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"offered_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "host_offers_session_id_account_id_pk" PRIMARY KEY("session_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "seats" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"table_id" uuid NOT NULL,
	"account_id" uuid,
	"walk_in_id" uuid,
	CONSTRAINT "seats_sessionId_accountId_unique" UNIQUE("session_id","account_id"),
	CONSTRAINT "seats_sessionId_walkInId_unique" UNIQUE("session_id","walk_in_id")
);
--> statement-breakpoint
CREATE TABLE "tables" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"host_id" uuid,
	CONSTRAINT "tables_groupId_id_unique" UNIQUE("group_id","id")
);
--> statement-breakpoint
CREATE TABLE "walk_ins" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"arrived_at" timestamp (3) with time zone NOT NULL,
	"here" boolean NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "walk_ins_groupId_id_unique" UNIQUE("group_id","id")
);
--> statement-breakpoint
CREATE TABLE "experts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"expects" text NOT NULL,
	"invited_by" uuid,
	"invited_at" timestamp (3) with time zone NOT NULL,
	"answer" text DEFAULT 'invited' NOT NULL,
	"reply" text DEFAULT '' NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"shown" boolean DEFAULT false NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"seat_id" uuid,
	"thanks" text DEFAULT '' NOT NULL,
	"thanked_by" uuid,
	"thanked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "question_votes" (
	"group_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "question_votes_question_id_account_id_pk" PRIMARY KEY("question_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "queued_questions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"words" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "queued_questions_groupId_id_unique" UNIQUE("group_id","id")
);
--> statement-breakpoint
CREATE TABLE "feedback_clarifications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"round_id" uuid NOT NULL,
	"question" text NOT NULL,
	"answer" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feedback_reports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"round_id" uuid NOT NULL,
	"subject_id" uuid,
	"sealed" text NOT NULL,
	"heard" text DEFAULT '' NOT NULL,
	"will" text DEFAULT '' NOT NULL,
	"thanks" text DEFAULT '' NOT NULL,
	"thanked_at" timestamp (3) with time zone,
	CONSTRAINT "feedback_reports_roundId_subjectId_unique" UNIQUE("round_id","subject_id")
);
--> statement-breakpoint
CREATE TABLE "feedback_reviewers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"round_id" uuid NOT NULL,
	"account_id" uuid,
	"email" text,
	"name" text NOT NULL,
	"relation" text NOT NULL,
	CONSTRAINT "feedback_reviewers_roundId_accountId_unique" UNIQUE("round_id","account_id"),
	CONSTRAINT "feedback_reviewers_roundId_email_unique" UNIQUE("round_id","email")
);
--> statement-breakpoint
CREATE TABLE "feedback_rounds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"group_id" uuid,
	"session_id" uuid,
	"block_id" uuid,
	"asked_by" uuid NOT NULL,
	"title" text NOT NULL,
	"intro" text DEFAULT '' NOT NULL,
	"naming" text NOT NULL,
	"threshold" integer NOT NULL,
	"asks_self" boolean DEFAULT false NOT NULL,
	"questions" jsonb NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"opens_at" timestamp (3) with time zone,
	"not_opened" text,
	"opened_at" timestamp (3) with time zone,
	"closes_at" timestamp (3) with time zone NOT NULL,
	"reminded_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"round_key" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feedback_rounds_blockId_unique" UNIQUE("block_id")
);
--> statement-breakpoint
CREATE TABLE "feedback_shares" (
	"report_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"shared_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feedback_shares_report_id_account_id_pk" PRIMARY KEY("report_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "feedback_sheets" (
	"lookup" text PRIMARY KEY NOT NULL,
	"round_id" uuid NOT NULL,
	"sealed" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "following" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"level" text DEFAULT 'digest' NOT NULL,
	"mine" text DEFAULT 'every' NOT NULL,
	"digest" text DEFAULT 'weekly' NOT NULL,
	"most" integer DEFAULT 5 NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"digested_at" timestamp (3) with time zone,
	CONSTRAINT "following_accountId_groupId_unique" UNIQUE("account_id","group_id")
);
--> statement-breakpoint
CREATE TABLE "mailed_posts" (
	"account_id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"mailed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mailed_posts_account_id_post_id_pk" PRIMARY KEY("account_id","post_id")
);
--> statement-breakpoint
CREATE TABLE "thread_following" (
	"account_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"level" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "thread_following_account_id_thread_id_pk" PRIMARY KEY("account_id","thread_id")
);
--> statement-breakpoint
CREATE TABLE "demonstrations" (
	"block_id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"timer_ends_at" timestamp (3) with time zone,
	"timer_left" integer
);
--> statement-breakpoint
CREATE TABLE "go_round_seats" (
	"group_id" uuid NOT NULL,
	"block_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"turn_id" uuid,
	"aside" text,
	"began" boolean DEFAULT false NOT NULL,
	CONSTRAINT "go_round_seats_block_id_account_id_pk" PRIMARY KEY("block_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "go_rounds" (
	"block_id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"begun_at" timestamp (3) with time zone,
	"timer_ends_at" timestamp (3) with time zone,
	"timer_left" integer
);
--> statement-breakpoint
CREATE TABLE "playings" (
	"block_id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"position" double precision NOT NULL,
	"since" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "checklist_ticks" (
	"group_id" uuid NOT NULL,
	"item" text NOT NULL,
	"ticked_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "checklist_ticks_group_id_item_pk" PRIMARY KEY("group_id","item")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"organization_id" uuid,
	"approval" text DEFAULT 'none' NOT NULL,
	"name" text NOT NULL,
	"purpose" text DEFAULT '' NOT NULL,
	"kind" text NOT NULL,
	"visibility" text NOT NULL,
	"admission" text NOT NULL,
	"domains" text[] DEFAULT '{}' NOT NULL,
	"programme_id" text,
	"rhythm" text NOT NULL,
	"first_session_at" timestamp (3) with time zone,
	"zone" text NOT NULL,
	"places" integer NOT NULL,
	"guests_welcome" boolean,
	"language" text,
	"city" text,
	"latitude" double precision,
	"longitude" double precision,
	"venue" text,
	"address" text,
	"access_notes" text DEFAULT '' NOT NULL,
	"room" text,
	"online_link" text,
	"sample" boolean DEFAULT false NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"thanks" text DEFAULT '' NOT NULL,
	"agreement" text DEFAULT '' NOT NULL,
	"agreement_version" integer DEFAULT 0 NOT NULL,
	"retention_months" integer,
	"suspended_at" timestamp (3) with time zone,
	"suspend_reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "groups_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "invites" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"created_by" uuid,
	"email" text,
	"role" text DEFAULT 'member' NOT NULL,
	"domains" text[] DEFAULT '{}' NOT NULL,
	"max_uses" integer,
	"uses" integer DEFAULT 0 NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"status" text NOT NULL,
	"turn" bigint GENERATED BY DEFAULT AS IDENTITY (sequence name "memberships_turn_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"joined_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_groupId_accountId_unique" UNIQUE("group_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "guest_requests" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session_guests" (
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"confirmed_at" timestamp (3) with time zone NOT NULL,
	"reminded_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "session_guests_session_id_account_id_pk" PRIMARY KEY("session_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "co_facilitators" (
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "co_facilitators_session_id_account_id_pk" PRIMARY KEY("session_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "code_guests" (
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"came_at" timestamp (3) with time zone NOT NULL,
	"seat_only" boolean NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "code_guests_session_id_account_id_pk" PRIMARY KEY("session_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "join_codes" (
	"group_id" uuid NOT NULL,
	"session_id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"guests" boolean DEFAULT false NOT NULL,
	"shown" boolean DEFAULT true NOT NULL,
	CONSTRAINT "join_codes_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "leads" (
	"group_id" uuid NOT NULL,
	"session_id" uuid PRIMARY KEY NOT NULL,
	"leader_id" uuid,
	"locked_at" timestamp (3) with time zone,
	"lost_id" uuid,
	"lost_at" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"looked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "highlights" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"episode_id" uuid NOT NULL,
	"anchor" jsonb NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"marked_at" timestamp (3) with time zone NOT NULL,
	"edited_at" timestamp (3) with time zone,
	CONSTRAINT "highlights_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
CREATE TABLE "listening_settings" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"speed" double precision DEFAULT 1 NOT NULL,
	"fold" boolean DEFAULT false NOT NULL,
	"keys" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE "listenings" (
	"account_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"episode_id" uuid NOT NULL,
	"moment" double precision DEFAULT 0 NOT NULL,
	"reached" double precision DEFAULT 0 NOT NULL,
	"revealed" boolean DEFAULT false NOT NULL,
	"offset" double precision DEFAULT 0 NOT NULL,
	"offset_of" text,
	"stopped_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "listenings_account_id_episode_id_pk" PRIMARY KEY("account_id","episode_id")
);
--> statement-breakpoint
CREATE TABLE "blocked_people" (
	"account_id" uuid NOT NULL,
	"blocked_id" uuid NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "blocked_people_account_id_blocked_id_pk" PRIMARY KEY("account_id","blocked_id")
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"target_id" uuid NOT NULL,
	"group_id" uuid,
	"about_id" uuid,
	"reporter_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"words" text NOT NULL,
	"to" text NOT NULL,
	"copy" text DEFAULT '' NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"decision" text,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "colleagues" (
	"organization_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "colleagues_organization_id_account_id_pk" PRIMARY KEY("organization_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "organization_domains" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"method" text NOT NULL,
	"mailbox" text,
	"token_hash" text,
	"expires_at" timestamp (3) with time zone,
	"verified_at" timestamp (3) with time zone,
	"checked_at" timestamp (3) with time zone,
	"problem" text,
	"enforces_sso" boolean DEFAULT false NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "organization_domains_organizationId_domain_unique" UNIQUE("organization_id","domain")
);
--> statement-breakpoint
CREATE TABLE "organization_skills" (
	"organization_id" uuid NOT NULL,
	"skill" text NOT NULL,
	"name" text NOT NULL,
	"hidden" boolean DEFAULT false NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "organization_skills_organization_id_skill_pk" PRIMARY KEY("organization_id","skill")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"approves_groups" boolean DEFAULT false NOT NULL,
	"oidc_issuer" text,
	"oidc_client_id" text,
	"oidc_client_secret" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organizations_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "sso_identities" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sso_identities_issuer_subject_unique" UNIQUE("issuer","subject")
);
--> statement-breakpoint
CREATE TABLE "passages" (
	"id" bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (sequence name "passages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"group_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"place_id" uuid NOT NULL,
	"episode_id" uuid,
	"thread_id" uuid,
	"post_id" uuid,
	"first" integer DEFAULT 0 NOT NULL,
	"last" integer DEFAULT 0 NOT NULL,
	"from" integer,
	"to" integer,
	"start" double precision,
	"speaker" text,
	"language" text NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "passages_postId_unique" UNIQUE("post_id")
);
--> statement-breakpoint
CREATE TABLE "placements" (
	"group_id" uuid NOT NULL,
	"from_group_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"offered_by" uuid,
	"offered_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "placements_group_id_account_id_pk" PRIMARY KEY("group_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "table_reports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"block_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"body" text NOT NULL,
	"revision" integer NOT NULL,
	"done" timestamp (3) with time zone,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "table_reports_blockId_accountId_unique" UNIQUE("block_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "pod_links" (
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"link" text NOT NULL,
	CONSTRAINT "pod_links_session_id_number_pk" PRIMARY KEY("session_id","number")
);
--> statement-breakpoint
CREATE TABLE "pod_paces" (
	"block_id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"share" double precision NOT NULL,
	"left" double precision NOT NULL,
	"tail" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pod_seats" (
	"group_id" uuid NOT NULL,
	"pod_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"place" integer NOT NULL,
	CONSTRAINT "pod_seats_pod_id_account_id_pk" PRIMARY KEY("pod_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "pods" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"block_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"number" integer NOT NULL,
	CONSTRAINT "pods_groupId_id_unique" UNIQUE("group_id","id")
);
--> statement-breakpoint
CREATE TABLE "mentions" (
	"group_id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"mentioned_at" timestamp (3) with time zone NOT NULL,
	"mailed_at" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone,
	CONSTRAINT "mentions_post_id_account_id_pk" PRIMARY KEY("post_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "post_quotes" (
	"post_id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"quotes_id" uuid NOT NULL,
	"words" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "post_reactions" (
	"group_id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"reacted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "post_reactions_post_id_account_id_kind_pk" PRIMARY KEY("post_id","account_id","kind")
);
--> statement-breakpoint
CREATE TABLE "post_versions" (
	"group_id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"body" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "post_versions_post_id_revision_pk" PRIMARY KEY("post_id","revision")
);
--> statement-breakpoint
CREATE TABLE "read_revisions" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "thread_reads" (
	"account_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"ranges" "int4multirange" NOT NULL,
	"size" integer NOT NULL,
	"revision" integer NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "thread_reads_account_id_thread_id_pk" PRIMARY KEY("account_id","thread_id")
);
--> statement-breakpoint
CREATE TABLE "muted_reminders" (
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "muted_reminders_account_id_kind_pk" PRIMARY KEY("account_id","kind")
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reminders_session_id_kind_starts_at_pk" PRIMARY KEY("session_id","kind","starts_at")
);
--> statement-breakpoint
CREATE TABLE "retention_changes" (
	"group_id" uuid PRIMARY KEY NOT NULL,
	"months" integer NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "room_events" (
	"room_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"event" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "room_events_room_id_number_pk" PRIMARY KEY("room_id","number")
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"number" integer DEFAULT 0 NOT NULL,
	"epoch" uuid DEFAULT gen_random_uuid() NOT NULL,
	CONSTRAINT "rooms_groupId_id_unique" UNIQUE("group_id","id")
);
--> statement-breakpoint
CREATE TABLE "sealed_answers" (
	"group_id" uuid NOT NULL,
	"block_id" uuid NOT NULL,
	"writer" text NOT NULL,
	"sealed" text NOT NULL,
	"done" boolean NOT NULL,
	CONSTRAINT "sealed_answers_block_id_writer_pk" PRIMARY KEY("block_id","writer")
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"block_id" uuid NOT NULL,
	"account_id" uuid,
	"body" text NOT NULL,
	"revision" integer NOT NULL,
	"done" timestamp (3) with time zone,
	"written_at" timestamp (3) with time zone NOT NULL,
	"topic_id" uuid,
	CONSTRAINT "answers_blockId_accountId_unique" UNIQUE("block_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "attendances" (
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"noticed" text NOT NULL,
	"noticed_before" text,
	"also_here" integer DEFAULT 0 NOT NULL,
	"came_with" uuid,
	"arrived_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "attendances_session_id_account_id_pk" PRIMARY KEY("session_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "blocks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"minutes" integer NOT NULL,
	"prompt" text DEFAULT '' NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	"options" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"template_key" text,
	"skipped" boolean DEFAULT false NOT NULL,
	"planned_minutes" integer,
	"ran_for" integer DEFAULT 0 NOT NULL,
	"runs_since" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"revealed_at" timestamp (3) with time zone,
	"tables_revealed_at" timestamp (3) with time zone,
	"reminded_at" timestamp (3) with time zone,
	CONSTRAINT "blocks_groupId_id_unique" UNIQUE("group_id","id")
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"group_id" uuid NOT NULL,
	"series_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"registered_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "registrations_series_id_account_id_pk" PRIMARY KEY("series_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "rsvp_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "rsvp_links_sessionId_accountId_unique" UNIQUE("session_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "rsvps" (
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"answer" text NOT NULL,
	"turn" bigint GENERATED BY DEFAULT AS IDENTITY (sequence name "rsvps_turn_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"offer_ends_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rsvps_session_id_account_id_pk" PRIMARY KEY("session_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "series" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"title" text NOT NULL,
	"rule" text NOT NULL,
	"starts_local" text NOT NULL,
	"zone" text NOT NULL,
	"minutes" integer NOT NULL,
	"template_id" text,
	"group_template_id" uuid,
	"follows_programme" boolean DEFAULT false NOT NULL,
	"exceptions" text[] DEFAULT '{}' NOT NULL,
	"capacity" integer,
	"room" text,
	"online_link" text,
	"facilitator_id" uuid,
	"ended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "series_groupId_id_unique" UNIQUE("group_id","id")
);
--> statement-breakpoint
CREATE TABLE "series_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"series_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "series_links_seriesId_accountId_unique" UNIQUE("series_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"title" text NOT NULL,
	"purpose" text DEFAULT '' NOT NULL,
	"template_id" text,
	"programme_step" integer,
	"group_template_id" uuid,
	"template_version" integer,
	"episode_id" uuid,
	"series_id" uuid,
	"occurrence" text,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"over_days" boolean DEFAULT false NOT NULL,
	"capacity" integer,
	"guests_welcome" boolean,
	"room" text,
	"venue" text,
	"address" text,
	"access_notes" text DEFAULT '' NOT NULL,
	"online_link" text,
	"preparation" text DEFAULT '' NOT NULL,
	"facilitator_id" uuid,
	"timekeeper_id" uuid,
	"welcome_id" uuid,
	"notes_id" uuid,
	"status" text DEFAULT 'scheduled' NOT NULL,
	"opened_at" timestamp (3) with time zone,
	"wrapped_up_at" timestamp (3) with time zone,
	"forgotten_at" timestamp (3) with time zone,
	"cancel_reason" text,
	"sequence" integer DEFAULT 0 NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"announced_at" timestamp (3) with time zone,
	"current_block_id" uuid,
	"timer_ends_at" timestamp (3) with time zone,
	"timer_left" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_groupId_id_unique" UNIQUE("group_id","id"),
	CONSTRAINT "sessions_seriesId_occurrence_unique" UNIQUE("series_id","occurrence")
);
--> statement-breakpoint
CREATE TABLE "turns" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text DEFAULT 'speak' NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"began_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "artworks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"url" text NOT NULL,
	"image" "bytea",
	"wanted_at" timestamp (3) with time zone NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone,
	CONSTRAINT "artworks_groupId_url_unique" UNIQUE("group_id","url")
);
--> statement-breakpoint
CREATE TABLE "imported_items" (
	"group_id" uuid NOT NULL,
	"episode_id" uuid PRIMARY KEY NOT NULL,
	"item_id" uuid NOT NULL,
	"mark" text NOT NULL,
	CONSTRAINT "imported_items_itemId_unique" UNIQUE("item_id")
);
--> statement-breakpoint
CREATE TABLE "show_items" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"show_id" uuid NOT NULL,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"published_at" timestamp (3) with time zone,
	"duration" double precision,
	"audio_url" text,
	"has_transcript" boolean NOT NULL,
	"has_chapters" boolean NOT NULL,
	"entry" jsonb NOT NULL,
	"mark" text NOT NULL,
	"appeared_at" timestamp (3) with time zone NOT NULL,
	"from_start" boolean NOT NULL,
	"dismissed_at" timestamp (3) with time zone,
	"gone_at" timestamp (3) with time zone,
	CONSTRAINT "show_items_groupId_id_unique" UNIQUE("group_id","id"),
	CONSTRAINT "show_items_showId_key_unique" UNIQUE("show_id","key")
);
--> statement-breakpoint
CREATE TABLE "shows" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"feed_url" text NOT NULL,
	"guid" text NOT NULL,
	"title" text NOT NULL,
	"artwork_url" text,
	"language" text,
	"followed_by" uuid,
	"followed_at" timestamp (3) with time zone NOT NULL,
	"stopped_at" timestamp (3) with time zone,
	"etag" text,
	"last_modified" text,
	"checked_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	"next_check_at" timestamp (3) with time zone NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp (3) with time zone,
	"problem" text,
	CONSTRAINT "shows_groupId_id_unique" UNIQUE("group_id","id"),
	CONSTRAINT "shows_groupId_feedUrl_unique" UNIQUE("group_id","feed_url"),
	CONSTRAINT "shows_groupId_guid_unique" UNIQUE("group_id","guid")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"verified_at" timestamp (3) with time zone,
	"operator" boolean DEFAULT false NOT NULL,
	"sample" boolean DEFAULT false NOT NULL,
	"zone" text DEFAULT 'UTC' NOT NULL,
	"calendar_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"public_slug" text,
	"about" text DEFAULT '' NOT NULL,
	"suspended_at" timestamp (3) with time zone,
	"suspend_reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_email_unique" UNIQUE("email"),
	CONSTRAINT "accounts_calendarId_unique" UNIQUE("calendar_id"),
	CONSTRAINT "accounts_publicSlug_unique" UNIQUE("public_slug")
);
--> statement-breakpoint
CREATE TABLE "mail_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"next" text,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"calendar" text,
	"stop_url" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"number" bigint GENERATED BY DEFAULT AS IDENTITY (sequence name "mails_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"sent_at" timestamp (3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_ins" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"device" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feedback_slips" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"round_id" uuid NOT NULL,
	"writer_id" uuid,
	"receiver_id" uuid NOT NULL,
	"sealed" text NOT NULL,
	"revision" integer NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"opened_at" timestamp (3) with time zone,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feedback_slips_roundId_writerId_receiverId_unique" UNIQUE("round_id","writer_id","receiver_id")
);
--> statement-breakpoint
CREATE TABLE "sso_attempts" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"browser_hash" text NOT NULL,
	"organization_id" uuid NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text NOT NULL,
	"next" text,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sso_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"next" text,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sso_sign_ins" (
	"sign_in_id" text PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"issuer" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "take_overs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"asked_by" uuid NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"decidable_at" timestamp (3) with time zone NOT NULL,
	"judges_told_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"answer" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "template_shares" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"template_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"with_notes" boolean NOT NULL,
	"with_cards" boolean NOT NULL,
	"with_group_name" boolean NOT NULL,
	"author" text DEFAULT '' NOT NULL,
	"licence" text DEFAULT '' NOT NULL,
	"shared_by" uuid,
	"shared_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "template_versions" (
	"group_id" uuid NOT NULL,
	"template_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"body" jsonb NOT NULL,
	"saved_by" uuid,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "template_versions_template_id_number_pk" PRIMARY KEY("template_id","number")
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"source_kind" text,
	"source_address" text,
	"source_title" text,
	"source_version" text,
	"source_author" text,
	"source_licence" text,
	"source_taken_at" timestamp (3) with time zone,
	"base" jsonb,
	"upstream" jsonb,
	"upstream_version" text,
	"etag" text,
	"checked_at" timestamp (3) with time zone,
	"next_check_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"problem" text,
	CONSTRAINT "templates_groupId_id_unique" UNIQUE("group_id","id")
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"account_id" uuid,
	"body" text NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	"edited_at" timestamp (3) with time zone,
	"revision" integer DEFAULT 0 NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"forgotten_at" timestamp (3) with time zone,
	"hidden_at" timestamp (3) with time zone,
	"hidden_by" uuid,
	"hidden_as" text,
	"hide_reason" text,
	CONSTRAINT "posts_threadId_number_unique" UNIQUE("thread_id","number"),
	CONSTRAINT "posts_groupId_id_unique" UNIQUE("group_id","id")
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"room_id" uuid NOT NULL,
	"episode_id" uuid,
	"session_id" uuid,
	"anchor" jsonb,
	"title" text,
	"answer_first" boolean DEFAULT false NOT NULL,
	"question" text DEFAULT 'none' NOT NULL,
	"planned_in" uuid,
	"answered_in" uuid,
	"answered_by" uuid,
	"last_number" integer DEFAULT 0 NOT NULL,
	"gone" "int4multirange" DEFAULT '{}' NOT NULL,
	"gone_count" integer DEFAULT 0 NOT NULL,
	"started_by" uuid,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "threads_groupId_id_unique" UNIQUE("group_id","id"),
	CONSTRAINT "threads_log" CHECK ("threads"."room_id" = coalesce("threads"."episode_id", "threads"."group_id")),
	CONSTRAINT "threads_place" CHECK ("threads"."episode_id" is null or "threads"."session_id" is null),
	CONSTRAINT "threads_anchor" CHECK ("threads"."anchor" is null or "threads"."episode_id" is not null),
	CONSTRAINT "threads_heading" CHECK (("threads"."anchor" is null) = ("threads"."title" is not null)),
	CONSTRAINT "threads_question" CHECK (("threads"."answered_in" is null and "threads"."answered_by" is null) or "threads"."question" = 'answered')
);
--> statement-breakpoint
CREATE TABLE "topics" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"block_id" uuid,
	"title" text NOT NULL,
	"position" integer NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "topics_groupId_id_unique" UNIQUE("group_id","id")
);
--> statement-breakpoint
CREATE TABLE "transcript_changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"group_id" uuid NOT NULL,
	"episode_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"kind" text NOT NULL,
	"account_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"record" jsonb,
	"placed_at" integer NOT NULL,
	"undoes" uuid,
	"ended_by" uuid,
	CONSTRAINT "transcript_changes_episodeId_revision_unique" UNIQUE("episode_id","revision")
);
--> statement-breakpoint
CREATE TABLE "taken_out_answers" (
	"answer_id" uuid PRIMARY KEY NOT NULL,
	"taken_out_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wrap_ups" (
	"group_id" uuid NOT NULL,
	"session_id" uuid PRIMARY KEY NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"unparked" uuid[] DEFAULT '{}' NOT NULL,
	"also_parked" text[] DEFAULT '{}' NOT NULL,
	"revision" integer NOT NULL,
	"account_id" uuid NOT NULL,
	"corrected_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "wrap_ups_groupId_sessionId_unique" UNIQUE("group_id","session_id")
);
--> statement-breakpoint
ALTER TABLE "agreement_acceptances" ADD CONSTRAINT "agreement_acceptances_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_acceptances" ADD CONSTRAINT "agreement_acceptances_group_id_version_agreement_wordings_group_id_version_fk" FOREIGN KEY ("group_id","version") REFERENCES "public"."agreement_wordings"("group_id","version") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_wordings" ADD CONSTRAINT "agreement_wordings_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcement_mutes" ADD CONSTRAINT "announcement_mutes_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcement_mutes" ADD CONSTRAINT "announcement_mutes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_actor_id_accounts_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_subject_id_accounts_id_fk" FOREIGN KEY ("subject_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballot_counts" ADD CONSTRAINT "ballot_counts_group_id_block_id_blocks_group_id_id_fk" FOREIGN KEY ("group_id","block_id") REFERENCES "public"."blocks"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballots" ADD CONSTRAINT "ballots_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ballots" ADD CONSTRAINT "ballots_group_id_block_id_blocks_group_id_id_fk" FOREIGN KEY ("group_id","block_id") REFERENCES "public"."blocks"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discussions" ADD CONSTRAINT "discussions_group_id_block_id_blocks_group_id_id_fk" FOREIGN KEY ("group_id","block_id") REFERENCES "public"."blocks"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "go_ons" ADD CONSTRAINT "go_ons_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "go_ons" ADD CONSTRAINT "go_ons_group_id_block_id_blocks_group_id_id_fk" FOREIGN KEY ("group_id","block_id") REFERENCES "public"."blocks"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_deadlines" ADD CONSTRAINT "live_deadlines_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goals" ADD CONSTRAINT "goals_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goals" ADD CONSTRAINT "goals_report_id_feedback_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."feedback_reports"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_report_id_feedback_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."feedback_reports"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcomes" ADD CONSTRAINT "outcomes_commitment_id_commitments_id_fk" FOREIGN KEY ("commitment_id") REFERENCES "public"."commitments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "witnesses" ADD CONSTRAINT "witnesses_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "witnesses" ADD CONSTRAINT "witnesses_group_id_commitment_id_commitments_group_id_id_fk" FOREIGN KEY ("group_id","commitment_id") REFERENCES "public"."commitments"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "put_off" ADD CONSTRAINT "put_off_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "put_off" ADD CONSTRAINT "put_off_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chapters" ADD CONSTRAINT "chapters_group_id_episode_id_episodes_group_id_id_fk" FOREIGN KEY ("group_id","episode_id") REFERENCES "public"."episodes"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_imported_by_accounts_id_fk" FOREIGN KEY ("imported_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "segments" ADD CONSTRAINT "segments_group_id_episode_id_episodes_group_id_id_fk" FOREIGN KEY ("group_id","episode_id") REFERENCES "public"."episodes"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "door_links" ADD CONSTRAINT "door_links_made_by_accounts_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "door_links" ADD CONSTRAINT "door_links_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "door_marks" ADD CONSTRAINT "door_marks_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "door_marks" ADD CONSTRAINT "door_marks_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "host_offers" ADD CONSTRAINT "host_offers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "host_offers" ADD CONSTRAINT "host_offers_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_group_id_table_id_tables_group_id_id_fk" FOREIGN KEY ("group_id","table_id") REFERENCES "public"."tables"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_group_id_walk_in_id_walk_ins_group_id_id_fk" FOREIGN KEY ("group_id","walk_in_id") REFERENCES "public"."walk_ins"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tables" ADD CONSTRAINT "tables_host_id_accounts_id_fk" FOREIGN KEY ("host_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tables" ADD CONSTRAINT "tables_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "walk_ins" ADD CONSTRAINT "walk_ins_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experts" ADD CONSTRAINT "experts_invited_by_accounts_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experts" ADD CONSTRAINT "experts_seat_id_accounts_id_fk" FOREIGN KEY ("seat_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experts" ADD CONSTRAINT "experts_thanked_by_accounts_id_fk" FOREIGN KEY ("thanked_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experts" ADD CONSTRAINT "experts_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_votes" ADD CONSTRAINT "question_votes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_votes" ADD CONSTRAINT "question_votes_group_id_question_id_queued_questions_group_id_id_fk" FOREIGN KEY ("group_id","question_id") REFERENCES "public"."queued_questions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queued_questions" ADD CONSTRAINT "queued_questions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queued_questions" ADD CONSTRAINT "queued_questions_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_clarifications" ADD CONSTRAINT "feedback_clarifications_round_id_feedback_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."feedback_rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_reports" ADD CONSTRAINT "feedback_reports_round_id_feedback_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."feedback_rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_reports" ADD CONSTRAINT "feedback_reports_subject_id_accounts_id_fk" FOREIGN KEY ("subject_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_reviewers" ADD CONSTRAINT "feedback_reviewers_round_id_feedback_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."feedback_rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_reviewers" ADD CONSTRAINT "feedback_reviewers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_rounds" ADD CONSTRAINT "feedback_rounds_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_rounds" ADD CONSTRAINT "feedback_rounds_asked_by_accounts_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_shares" ADD CONSTRAINT "feedback_shares_report_id_feedback_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."feedback_reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_shares" ADD CONSTRAINT "feedback_shares_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_sheets" ADD CONSTRAINT "feedback_sheets_round_id_feedback_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."feedback_rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "following" ADD CONSTRAINT "following_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "following" ADD CONSTRAINT "following_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailed_posts" ADD CONSTRAINT "mailed_posts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailed_posts" ADD CONSTRAINT "mailed_posts_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_following" ADD CONSTRAINT "thread_following_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_following" ADD CONSTRAINT "thread_following_group_id_thread_id_threads_group_id_id_fk" FOREIGN KEY ("group_id","thread_id") REFERENCES "public"."threads"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demonstrations" ADD CONSTRAINT "demonstrations_group_id_block_id_blocks_group_id_id_fk" FOREIGN KEY ("group_id","block_id") REFERENCES "public"."blocks"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "go_round_seats" ADD CONSTRAINT "go_round_seats_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "go_round_seats" ADD CONSTRAINT "go_round_seats_group_id_block_id_blocks_group_id_id_fk" FOREIGN KEY ("group_id","block_id") REFERENCES "public"."blocks"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "go_rounds" ADD CONSTRAINT "go_rounds_group_id_block_id_blocks_group_id_id_fk" FOREIGN KEY ("group_id","block_id") REFERENCES "public"."blocks"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playings" ADD CONSTRAINT "playings_group_id_block_id_blocks_group_id_id_fk" FOREIGN KEY ("group_id","block_id") REFERENCES "public"."blocks"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_ticks" ADD CONSTRAINT "checklist_ticks_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invites" ADD CONSTRAINT "invites_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invites" ADD CONSTRAINT "invites_created_by_accounts_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_requests" ADD CONSTRAINT "guest_requests_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_guests" ADD CONSTRAINT "session_guests_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_guests" ADD CONSTRAINT "session_guests_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "co_facilitators" ADD CONSTRAINT "co_facilitators_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "co_facilitators" ADD CONSTRAINT "co_facilitators_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "code_guests" ADD CONSTRAINT "code_guests_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "code_guests" ADD CONSTRAINT "code_guests_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "join_codes" ADD CONSTRAINT "join_codes_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_leader_id_accounts_id_fk" FOREIGN KEY ("leader_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_lost_id_accounts_id_fk" FOREIGN KEY ("lost_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "highlights" ADD CONSTRAINT "highlights_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "highlights" ADD CONSTRAINT "highlights_group_id_episode_id_episodes_group_id_id_fk" FOREIGN KEY ("group_id","episode_id") REFERENCES "public"."episodes"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listening_settings" ADD CONSTRAINT "listening_settings_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listenings" ADD CONSTRAINT "listenings_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listenings" ADD CONSTRAINT "listenings_group_id_episode_id_episodes_group_id_id_fk" FOREIGN KEY ("group_id","episode_id") REFERENCES "public"."episodes"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocked_people" ADD CONSTRAINT "blocked_people_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocked_people" ADD CONSTRAINT "blocked_people_blocked_id_accounts_id_fk" FOREIGN KEY ("blocked_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_about_id_accounts_id_fk" FOREIGN KEY ("about_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_reporter_id_accounts_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_decided_by_accounts_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "colleagues" ADD CONSTRAINT "colleagues_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "colleagues" ADD CONSTRAINT "colleagues_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_domains" ADD CONSTRAINT "organization_domains_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_skills" ADD CONSTRAINT "organization_skills_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_identities" ADD CONSTRAINT "sso_identities_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_identities" ADD CONSTRAINT "sso_identities_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_group_id_episode_id_episodes_group_id_id_fk" FOREIGN KEY ("group_id","episode_id") REFERENCES "public"."episodes"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_group_id_thread_id_threads_group_id_id_fk" FOREIGN KEY ("group_id","thread_id") REFERENCES "public"."threads"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_group_id_post_id_posts_group_id_id_fk" FOREIGN KEY ("group_id","post_id") REFERENCES "public"."posts"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_from_group_id_groups_id_fk" FOREIGN KEY ("from_group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placements" ADD CONSTRAINT "placements_offered_by_accounts_id_fk" FOREIGN KEY ("offered_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_reports" ADD CONSTRAINT "table_reports_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_reports" ADD CONSTRAINT "table_reports_group_id_block_id_blocks_group_id_id_fk" FOREIGN KEY ("group_id","block_id") REFERENCES "public"."blocks"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pod_links" ADD CONSTRAINT "pod_links_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pod_paces" ADD CONSTRAINT "pod_paces_group_id_block_id_blocks_group_id_id_fk" FOREIGN KEY ("group_id","block_id") REFERENCES "public"."blocks"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pod_seats" ADD CONSTRAINT "pod_seats_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pod_seats" ADD CONSTRAINT "pod_seats_group_id_pod_id_pods_group_id_id_fk" FOREIGN KEY ("group_id","pod_id") REFERENCES "public"."pods"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pods" ADD CONSTRAINT "pods_group_id_block_id_blocks_group_id_id_fk" FOREIGN KEY ("group_id","block_id") REFERENCES "public"."blocks"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentions" ADD CONSTRAINT "mentions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentions" ADD CONSTRAINT "mentions_group_id_post_id_posts_group_id_id_fk" FOREIGN KEY ("group_id","post_id") REFERENCES "public"."posts"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_quotes" ADD CONSTRAINT "post_quotes_group_id_post_id_posts_group_id_id_fk" FOREIGN KEY ("group_id","post_id") REFERENCES "public"."posts"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_quotes" ADD CONSTRAINT "post_quotes_group_id_quotes_id_posts_group_id_id_fk" FOREIGN KEY ("group_id","quotes_id") REFERENCES "public"."posts"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_reactions" ADD CONSTRAINT "post_reactions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_reactions" ADD CONSTRAINT "post_reactions_group_id_post_id_posts_group_id_id_fk" FOREIGN KEY ("group_id","post_id") REFERENCES "public"."posts"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_versions" ADD CONSTRAINT "post_versions_group_id_post_id_posts_group_id_id_fk" FOREIGN KEY ("group_id","post_id") REFERENCES "public"."posts"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "read_revisions" ADD CONSTRAINT "read_revisions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_reads" ADD CONSTRAINT "thread_reads_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_reads" ADD CONSTRAINT "thread_reads_group_id_thread_id_threads_group_id_id_fk" FOREIGN KEY ("group_id","thread_id") REFERENCES "public"."threads"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "muted_reminders" ADD CONSTRAINT "muted_reminders_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_changes" ADD CONSTRAINT "retention_changes_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_events" ADD CONSTRAINT "room_events_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_answers" ADD CONSTRAINT "sealed_answers_group_id_block_id_blocks_group_id_id_fk" FOREIGN KEY ("group_id","block_id") REFERENCES "public"."blocks"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_group_id_block_id_blocks_group_id_id_fk" FOREIGN KEY ("group_id","block_id") REFERENCES "public"."blocks"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_came_with_accounts_id_fk" FOREIGN KEY ("came_with") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocks" ADD CONSTRAINT "blocks_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_group_id_series_id_series_group_id_id_fk" FOREIGN KEY ("group_id","series_id") REFERENCES "public"."series"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rsvp_links" ADD CONSTRAINT "rsvp_links_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rsvp_links" ADD CONSTRAINT "rsvp_links_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rsvps" ADD CONSTRAINT "rsvps_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rsvps" ADD CONSTRAINT "rsvps_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_facilitator_id_accounts_id_fk" FOREIGN KEY ("facilitator_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_group_id_group_template_id_templates_group_id_id_fk" FOREIGN KEY ("group_id","group_template_id") REFERENCES "public"."templates"("group_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series_links" ADD CONSTRAINT "series_links_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series_links" ADD CONSTRAINT "series_links_group_id_series_id_series_group_id_id_fk" FOREIGN KEY ("group_id","series_id") REFERENCES "public"."series"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_facilitator_id_accounts_id_fk" FOREIGN KEY ("facilitator_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_timekeeper_id_accounts_id_fk" FOREIGN KEY ("timekeeper_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_welcome_id_accounts_id_fk" FOREIGN KEY ("welcome_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_notes_id_accounts_id_fk" FOREIGN KEY ("notes_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_group_id_episode_id_episodes_group_id_id_fk" FOREIGN KEY ("group_id","episode_id") REFERENCES "public"."episodes"("group_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_group_id_group_template_id_templates_group_id_id_fk" FOREIGN KEY ("group_id","group_template_id") REFERENCES "public"."templates"("group_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_group_id_series_id_series_group_id_id_fk" FOREIGN KEY ("group_id","series_id") REFERENCES "public"."series"("group_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turns" ADD CONSTRAINT "turns_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turns" ADD CONSTRAINT "turns_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "artworks" ADD CONSTRAINT "artworks_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_items" ADD CONSTRAINT "imported_items_group_id_episode_id_episodes_group_id_id_fk" FOREIGN KEY ("group_id","episode_id") REFERENCES "public"."episodes"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_items" ADD CONSTRAINT "imported_items_group_id_item_id_show_items_group_id_id_fk" FOREIGN KEY ("group_id","item_id") REFERENCES "public"."show_items"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "show_items" ADD CONSTRAINT "show_items_group_id_show_id_shows_group_id_id_fk" FOREIGN KEY ("group_id","show_id") REFERENCES "public"."shows"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shows" ADD CONSTRAINT "shows_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shows" ADD CONSTRAINT "shows_followed_by_accounts_id_fk" FOREIGN KEY ("followed_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_links" ADD CONSTRAINT "mail_links_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_ins" ADD CONSTRAINT "sign_ins_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_slips" ADD CONSTRAINT "feedback_slips_round_id_feedback_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."feedback_rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_slips" ADD CONSTRAINT "feedback_slips_writer_id_accounts_id_fk" FOREIGN KEY ("writer_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_slips" ADD CONSTRAINT "feedback_slips_receiver_id_accounts_id_fk" FOREIGN KEY ("receiver_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_attempts" ADD CONSTRAINT "sso_attempts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_links" ADD CONSTRAINT "sso_links_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_links" ADD CONSTRAINT "sso_links_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_sign_ins" ADD CONSTRAINT "sso_sign_ins_sign_in_id_sign_ins_id_fk" FOREIGN KEY ("sign_in_id") REFERENCES "public"."sign_ins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sso_sign_ins" ADD CONSTRAINT "sso_sign_ins_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "take_overs" ADD CONSTRAINT "take_overs_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "take_overs" ADD CONSTRAINT "take_overs_asked_by_accounts_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "take_overs" ADD CONSTRAINT "take_overs_decided_by_accounts_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_shares" ADD CONSTRAINT "template_shares_shared_by_accounts_id_fk" FOREIGN KEY ("shared_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_shares" ADD CONSTRAINT "template_shares_group_id_template_id_templates_group_id_id_fk" FOREIGN KEY ("group_id","template_id") REFERENCES "public"."templates"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_shares" ADD CONSTRAINT "template_shares_template_id_number_template_versions_template_id_number_fk" FOREIGN KEY ("template_id","number") REFERENCES "public"."template_versions"("template_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_versions" ADD CONSTRAINT "template_versions_saved_by_accounts_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_versions" ADD CONSTRAINT "template_versions_group_id_template_id_templates_group_id_id_fk" FOREIGN KEY ("group_id","template_id") REFERENCES "public"."templates"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "templates" ADD CONSTRAINT "templates_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "templates" ADD CONSTRAINT "templates_created_by_accounts_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_hidden_by_accounts_id_fk" FOREIGN KEY ("hidden_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_group_id_thread_id_threads_group_id_id_fk" FOREIGN KEY ("group_id","thread_id") REFERENCES "public"."threads"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_started_by_accounts_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_group_id_room_id_rooms_group_id_id_fk" FOREIGN KEY ("group_id","room_id") REFERENCES "public"."rooms"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_group_id_planned_in_sessions_group_id_id_fk" FOREIGN KEY ("group_id","planned_in") REFERENCES "public"."sessions"("group_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_group_id_answered_in_sessions_group_id_id_fk" FOREIGN KEY ("group_id","answered_in") REFERENCES "public"."sessions"("group_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_group_id_episode_id_episodes_group_id_id_fk" FOREIGN KEY ("group_id","episode_id") REFERENCES "public"."episodes"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topics" ADD CONSTRAINT "topics_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transcript_changes" ADD CONSTRAINT "transcript_changes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transcript_changes" ADD CONSTRAINT "transcript_changes_group_id_episode_id_episodes_group_id_id_fk" FOREIGN KEY ("group_id","episode_id") REFERENCES "public"."episodes"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "taken_out_answers" ADD CONSTRAINT "taken_out_answers_answer_id_answers_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."answers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wrap_ups" ADD CONSTRAINT "wrap_ups_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wrap_ups" ADD CONSTRAINT "wrap_ups_group_id_session_id_sessions_group_id_id_fk" FOREIGN KEY ("group_id","session_id") REFERENCES "public"."sessions"("group_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "announcements_group_id_announced_at_index" ON "announcements" USING btree ("group_id","announced_at");--> statement-breakpoint
CREATE INDEX "audit_entries_group_id_at_index" ON "audit_entries" USING btree ("group_id","at");--> statement-breakpoint
CREATE INDEX "audit_entries_organization_id_at_index" ON "audit_entries" USING btree ("organization_id","at");--> statement-breakpoint
CREATE INDEX "audit_entries_subject_id_at_index" ON "audit_entries" USING btree ("subject_id","at");--> statement-breakpoint
CREATE INDEX "ballots_account_id_index" ON "ballots" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "go_ons_account_id_index" ON "go_ons" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "live_deadlines_due_at_index" ON "live_deadlines" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "goals_account_id_index" ON "goals" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "commitments_account_id_index" ON "commitments" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "commitments_group_id_index" ON "commitments" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "outcomes_commitment_id_said_at_index" ON "outcomes" USING btree ("commitment_id","said_at");--> statement-breakpoint
CREATE UNIQUE INDEX "one_witness" ON "witnesses" USING btree ("commitment_id") WHERE state <> 'declined';--> statement-breakpoint
CREATE INDEX "witnesses_account_id_index" ON "witnesses" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "segments_episode_id_start_index" ON "segments" USING btree ("episode_id","start");--> statement-breakpoint
CREATE INDEX "door_links_session_id_index" ON "door_links" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "seats_table_id_index" ON "seats" USING btree ("table_id");--> statement-breakpoint
CREATE INDEX "tables_session_id_index" ON "tables" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "walk_ins_session_id_index" ON "walk_ins" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "experts_session_id_index" ON "experts" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "experts_seat_id_index" ON "experts" USING btree ("seat_id");--> statement-breakpoint
CREATE INDEX "queued_questions_session_id_index" ON "queued_questions" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "feedback_clarifications_round_id_index" ON "feedback_clarifications" USING btree ("round_id");--> statement-breakpoint
CREATE INDEX "feedback_reports_subject_id_index" ON "feedback_reports" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "feedback_reviewers_account_id_index" ON "feedback_reviewers" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "feedback_rounds_asked_by_index" ON "feedback_rounds" USING btree ("asked_by");--> statement-breakpoint
CREATE INDEX "feedback_rounds_group_id_index" ON "feedback_rounds" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "feedback_rounds_status_closes_at_index" ON "feedback_rounds" USING btree ("status","closes_at");--> statement-breakpoint
CREATE INDEX "feedback_rounds_opens_at_index" ON "feedback_rounds" USING btree ("opens_at");--> statement-breakpoint
CREATE INDEX "feedback_shares_account_id_index" ON "feedback_shares" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "feedback_sheets_round_id_index" ON "feedback_sheets" USING btree ("round_id");--> statement-breakpoint
CREATE INDEX "following_group_id_index" ON "following" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "mailed_posts_mailed_at_index" ON "mailed_posts" USING btree ("mailed_at");--> statement-breakpoint
CREATE INDEX "go_rounds_group_id_begun_at_index" ON "go_rounds" USING btree ("group_id","begun_at");--> statement-breakpoint
CREATE INDEX "groups_visibility_kind_index" ON "groups" USING btree ("visibility","kind");--> statement-breakpoint
CREATE INDEX "groups_organization_id_index" ON "groups" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "groups_found_by_words" ON "groups" USING gin (to_tsvector('simple', translate(replace(replace(replace(regexp_replace(normalize(lower(coalesce(groups.name, '') || ' ' || coalesce(groups.purpose, '') || ' ' || coalesce(groups.city, '') || ' ' || coalesce(groups.venue, '') || ' ' || coalesce(groups.address, '')), NFKD), '[\u0300-\u036f]', '', 'g'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'øłđı-/.:@_’+&#<>=?~*', 'oldi                '))) WHERE groups.visibility = 'public' and groups.archived_at is null and groups.suspended_at is null and groups.approval in ('none', 'approved');--> statement-breakpoint
CREATE INDEX "groups_found_by_place" ON "groups" USING btree ("latitude","longitude") WHERE groups.visibility = 'public' and groups.archived_at is null and groups.suspended_at is null and groups.approval in ('none', 'approved');--> statement-breakpoint
CREATE INDEX "groups_found_by_language" ON "groups" USING btree (split_part(groups.language, '-', 1)) WHERE groups.visibility = 'public' and groups.archived_at is null and groups.suspended_at is null and groups.approval in ('none', 'approved');--> statement-breakpoint
CREATE INDEX "groups_found_by_age" ON "groups" USING btree ("created_at" DESC NULLS FIRST,"id") WHERE groups.visibility = 'public' and groups.archived_at is null and groups.suspended_at is null and groups.approval in ('none', 'approved');--> statement-breakpoint
CREATE INDEX "invites_group_id_index" ON "invites" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "memberships_account_id_index" ON "memberships" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "guest_requests_session_id_index" ON "guest_requests" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "guest_requests_email_index" ON "guest_requests" USING btree ("email");--> statement-breakpoint
CREATE INDEX "session_guests_account_id_index" ON "session_guests" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "code_guests_account_id_index" ON "code_guests" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "highlights_account_id_episode_id_index" ON "highlights" USING btree ("account_id","episode_id");--> statement-breakpoint
CREATE INDEX "blocked_people_blocked_id_index" ON "blocked_people" USING btree ("blocked_id");--> statement-breakpoint
CREATE INDEX "reports_group_id_sent_at_index" ON "reports" USING btree ("group_id","sent_at");--> statement-breakpoint
CREATE INDEX "reports_reporter_id_sent_at_index" ON "reports" USING btree ("reporter_id","sent_at");--> statement-breakpoint
CREATE INDEX "reports_to_decided_at_index" ON "reports" USING btree ("to","decided_at");--> statement-breakpoint
CREATE INDEX "colleagues_account_id_index" ON "colleagues" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "organization_domains_domain_index" ON "organization_domains" USING btree ("domain") WHERE "organization_domains"."verified_at" is not null;--> statement-breakpoint
CREATE INDEX "sso_identities_account_id_index" ON "sso_identities" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "passages_words_index" ON "passages" USING gin ("words") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "passages_group_id_language_index" ON "passages" USING btree ("group_id","language");--> statement-breakpoint
CREATE INDEX "passages_place_id_index" ON "passages" USING btree ("place_id");--> statement-breakpoint
CREATE INDEX "passages_episode_id_index" ON "passages" USING btree ("episode_id");--> statement-breakpoint
CREATE INDEX "passages_thread_id_index" ON "passages" USING btree ("thread_id") WHERE thread_id is not null;--> statement-breakpoint
CREATE INDEX "placements_from_group_id_index" ON "placements" USING btree ("from_group_id");--> statement-breakpoint
CREATE INDEX "placements_account_id_index" ON "placements" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "pod_seats_account_id_index" ON "pod_seats" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "pods_block_id_index" ON "pods" USING btree ("block_id");--> statement-breakpoint
CREATE INDEX "mentions_account_id_seen_at_index" ON "mentions" USING btree ("account_id","seen_at");--> statement-breakpoint
CREATE INDEX "mentions_mailed_at_mentioned_at_index" ON "mentions" USING btree ("mailed_at","mentioned_at");--> statement-breakpoint
CREATE INDEX "post_quotes_quotes_id_index" ON "post_quotes" USING btree ("quotes_id");--> statement-breakpoint
CREATE INDEX "post_reactions_account_id_index" ON "post_reactions" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "thread_reads_account_id_revision_index" ON "thread_reads" USING btree ("account_id","revision");--> statement-breakpoint
CREATE INDEX "thread_reads_account_id_thread_id_size_index" ON "thread_reads" USING btree ("account_id","thread_id","size");--> statement-breakpoint
CREATE INDEX "blocks_session_id_position_index" ON "blocks" USING btree ("session_id","position");--> statement-breakpoint
CREATE INDEX "series_group_id_index" ON "series" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "sessions_group_id_starts_at_index" ON "sessions" USING btree ("group_id","starts_at");--> statement-breakpoint
CREATE INDEX "sessions_ahead" ON "sessions" USING btree ("starts_at","group_id","id") WHERE sessions.status = 'scheduled';--> statement-breakpoint
CREATE INDEX "sessions_group_template_id_index" ON "sessions" USING btree ("group_template_id");--> statement-breakpoint
CREATE INDEX "turns_session_id_index" ON "turns" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "artworks_next_try_at_index" ON "artworks" USING btree ("next_try_at");--> statement-breakpoint
CREATE INDEX "shows_next_check_at_index" ON "shows" USING btree ("next_check_at");--> statement-breakpoint
CREATE INDEX "mails_number_index" ON "mails" USING btree ("number");--> statement-breakpoint
CREATE INDEX "sign_ins_account_id_index" ON "sign_ins" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "feedback_slips_receiver_id_index" ON "feedback_slips" USING btree ("receiver_id");--> statement-breakpoint
CREATE INDEX "feedback_slips_writer_id_index" ON "feedback_slips" USING btree ("writer_id");--> statement-breakpoint
CREATE INDEX "sso_attempts_expires_at_index" ON "sso_attempts" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sso_links_account_id_index" ON "sso_links" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "sso_sign_ins_organization_id_index" ON "sso_sign_ins" USING btree ("organization_id");--> statement-breakpoint
CREATE UNIQUE INDEX "take_overs_group_id_index" ON "take_overs" USING btree ("group_id") WHERE "take_overs"."state" = 'open';--> statement-breakpoint
CREATE INDEX "take_overs_group_id_asked_at_index" ON "take_overs" USING btree ("group_id","asked_at");--> statement-breakpoint
CREATE INDEX "template_shares_template_id_index" ON "template_shares" USING btree ("template_id");--> statement-breakpoint
CREATE INDEX "templates_next_check_at_index" ON "templates" USING btree ("next_check_at");--> statement-breakpoint
CREATE INDEX "posts_group_id_posted_at_index" ON "posts" USING btree ("group_id","posted_at");--> statement-breakpoint
CREATE INDEX "posts_account_id_thread_id_number_index" ON "posts" USING btree ("account_id","thread_id","number");--> statement-breakpoint
CREATE INDEX "threads_room_id_index" ON "threads" USING btree ("room_id");--> statement-breakpoint
CREATE INDEX "threads_episode_id_index" ON "threads" USING btree ("episode_id");--> statement-breakpoint
CREATE INDEX "threads_session_id_index" ON "threads" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "threads_counted" ON "threads" USING btree ("group_id","room_id","id","last_number","gone_count","answer_first");--> statement-breakpoint
CREATE INDEX "topics_session_id_position_index" ON "topics" USING btree ("session_id","position");--> statement-breakpoint
CREATE INDEX "transcript_changes_account_id_index" ON "transcript_changes" USING btree ("account_id");