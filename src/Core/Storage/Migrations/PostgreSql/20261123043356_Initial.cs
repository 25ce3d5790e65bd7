using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Core.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "BotActivity",
                columns: table => new
                {
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    FirstEventAt = table.Column<long>(type: "bigint", nullable: false),
                    LastEventAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BotActivity", x => x.BotId);
                });

            migrationBuilder.CreateTable(
                name: "Bots",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", maxLength: 200, nullable: false),
                    Status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    DraftState = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    DraftErrorCode = table.Column<string>(type: "text", nullable: true),
                    WebhookId = table.Column<string>(type: "text", maxLength: 64, nullable: false),
                    ChatUrl = table.Column<string>(type: "text", nullable: false),
                    AppId = table.Column<string>(type: "text", maxLength: 100, nullable: false),
                    ProtectedToken = table.Column<string>(type: "text", nullable: true),
                    TokenHint = table.Column<string>(type: "text", nullable: true),
                    AgentId = table.Column<string>(type: "text", nullable: false),
                    AgentName = table.Column<string>(type: "text", nullable: true),
                    GroupId = table.Column<string>(type: "text", nullable: true),
                    GroupName = table.Column<string>(type: "text", nullable: true),
                    MammutId = table.Column<long>(type: "bigint", nullable: true),
                    MammutIdConfirmed = table.Column<bool>(type: "boolean", nullable: false),
                    ProvisionedAt = table.Column<long>(type: "bigint", nullable: true),
                    Mode = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    DefaultContext = table.Column<string>(type: "text", nullable: true),
                    QuietWindow = table.Column<long>(type: "bigint", nullable: true),
                    Locale = table.Column<string>(type: "text", nullable: true),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    LiveSince = table.Column<long>(type: "bigint", nullable: true),
                    TokenRefusedAt = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Messages_HandOver_En = table.Column<string>(type: "text", nullable: true),
                    Messages_HandOver_Es = table.Column<string>(type: "text", nullable: true),
                    Messages_Unavailable_En = table.Column<string>(type: "text", nullable: true),
                    Messages_Unavailable_Es = table.Column<string>(type: "text", nullable: true),
                    Policies_GiveBackAfterHours = table.Column<int>(type: "integer", nullable: true),
                    Policies_NoText = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Policies_SystemAssignment = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Policies_WithoutGroup = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bots", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Conversations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    FreshchatId = table.Column<string>(type: "text", maxLength: 200, nullable: false),
                    NumericId = table.Column<string>(type: "text", nullable: true),
                    UserId = table.Column<string>(type: "text", nullable: true),
                    ChannelId = table.Column<string>(type: "text", nullable: true),
                    Owner = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    FirstSightAt = table.Column<long>(type: "bigint", nullable: true),
                    Context = table.Column<string>(type: "text", nullable: true),
                    VisitorId = table.Column<long>(type: "bigint", nullable: true),
                    RoomId = table.Column<long>(type: "bigint", nullable: true),
                    RoomContext = table.Column<string>(type: "text", nullable: true),
                    RoomHalted = table.Column<bool>(type: "boolean", nullable: false),
                    PeopleMayNotSeeIt = table.Column<bool>(type: "boolean", nullable: false),
                    LeaseOwner = table.Column<string>(type: "text", nullable: true),
                    LeaseUntil = table.Column<long>(type: "bigint", nullable: true),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    LastEventAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Conversations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DataProtectionKeys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    FriendlyName = table.Column<string>(type: "text", nullable: true),
                    Xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DataProtectionKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Deliveries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    DedupKey = table.Column<string>(type: "text", maxLength: 200, nullable: false),
                    Action = table.Column<string>(type: "text", maxLength: 100, nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    FreshchatConversationId = table.Column<string>(type: "text", maxLength: 200, nullable: true),
                    MessageId = table.Column<string>(type: "text", maxLength: 200, nullable: true),
                    ActorType = table.Column<string>(type: "text", maxLength: 40, nullable: true),
                    EventTime = table.Column<long>(type: "bigint", nullable: false),
                    ReceivedAt = table.Column<long>(type: "bigint", nullable: false),
                    RetryCount = table.Column<int>(type: "integer", nullable: false),
                    PayloadVersion = table.Column<string>(type: "text", nullable: true),
                    KeyFingerprint = table.Column<string>(type: "text", nullable: false),
                    Duplicates = table.Column<int>(type: "integer", nullable: false),
                    Status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Reason = table.Column<string>(type: "text", maxLength: 60, nullable: true),
                    ConversationId = table.Column<long>(type: "bigint", nullable: true),
                    TurnId = table.Column<long>(type: "bigint", nullable: true),
                    TraceId = table.Column<string>(type: "text", nullable: true),
                    SettledAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Deliveries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Heartbeats",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    AwayUntil = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Heartbeats", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "IdempotentRequests",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", maxLength: 200, nullable: false),
                    Fingerprint = table.Column<string>(type: "text", maxLength: 64, nullable: false),
                    Status = table.Column<int>(type: "integer", nullable: true),
                    ContentType = table.Column<string>(type: "text", nullable: true),
                    Answer = table.Column<byte[]>(type: "bytea", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IdempotentRequests", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "Messages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ConversationId = table.Column<long>(type: "bigint", nullable: false),
                    DeliveryId = table.Column<long>(type: "bigint", nullable: false),
                    FreshchatId = table.Column<string>(type: "text", maxLength: 200, nullable: true),
                    Author = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "text", nullable: true),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    InteractionId = table.Column<string>(type: "text", nullable: true),
                    TurnId = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Messages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OpenQuestions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    ConversationId = table.Column<long>(type: "bigint", nullable: false),
                    TurnId = table.Column<long>(type: "bigint", nullable: false),
                    IssueId = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OpenQuestions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OwnershipEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ConversationId = table.Column<long>(type: "bigint", nullable: false),
                    Cause = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: true),
                    DatedByEvent = table.Column<bool>(type: "boolean", nullable: false),
                    InteractionId = table.Column<string>(type: "text", nullable: true),
                    DeliveryId = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OwnershipEvents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Rejections",
                columns: table => new
                {
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    Code = table.Column<string>(type: "text", maxLength: 60, nullable: false),
                    Count = table.Column<int>(type: "integer", nullable: false),
                    LastAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rejections", x => new { x.BotId, x.Code });
                });

            migrationBuilder.CreateTable(
                name: "Turns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ConversationId = table.Column<long>(type: "bigint", nullable: false),
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: true),
                    CreationDate = table.Column<long>(type: "bigint", nullable: false),
                    InteractionId = table.Column<string>(type: "text", nullable: true),
                    Deadline = table.Column<long>(type: "bigint", nullable: false),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    Stage = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Context = table.Column<string>(type: "text", nullable: true),
                    SiteId = table.Column<string>(type: "text", nullable: true),
                    SiteFoundIn = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    SiteRulePosition = table.Column<int>(type: "integer", nullable: true),
                    ThoughtId = table.Column<long>(type: "bigint", nullable: true),
                    SayIntentAt = table.Column<long>(type: "bigint", nullable: true),
                    SaidAt = table.Column<long>(type: "bigint", nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    NotBefore = table.Column<long>(type: "bigint", nullable: true),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Turns", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "UnknownSites",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    Source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Value = table.Column<string>(type: "text", maxLength: 200, nullable: false),
                    Count = table.Column<int>(type: "integer", nullable: false),
                    LastSeenAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnknownSites", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BotKeys",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    Spki = table.Column<byte[]>(type: "bytea", nullable: false),
                    Fingerprint = table.Column<string>(type: "text", maxLength: 64, nullable: false),
                    Bits = table.Column<int>(type: "integer", nullable: false),
                    AddedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BotKeys", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BotKeys_Bots_BotId",
                        column: x => x.BotId,
                        principalTable: "Bots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SiteRules",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                    Source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    SiteId = table.Column<string>(type: "text", maxLength: 200, nullable: false),
                    Context = table.Column<string>(type: "text", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SiteRules", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SiteRules_Bots_BotId",
                        column: x => x.BotId,
                        principalTable: "Bots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "DeliveryPayloads",
                columns: table => new
                {
                    DeliveryId = table.Column<long>(type: "bigint", nullable: false),
                    Body = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeliveryPayloads", x => x.DeliveryId);
                    table.ForeignKey(
                        name: "FK_DeliveryPayloads_Deliveries_DeliveryId",
                        column: x => x.DeliveryId,
                        principalTable: "Deliveries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HandOvers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TurnId = table.Column<long>(type: "bigint", nullable: false),
                    ConversationId = table.Column<long>(type: "bigint", nullable: false),
                    BotId = table.Column<Guid>(type: "uuid", nullable: false),
                    GroupId = table.Column<string>(type: "text", nullable: true),
                    GroupName = table.Column<string>(type: "text", nullable: true),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    IssueId = table.Column<long>(type: "bigint", nullable: true),
                    IntentAt = table.Column<long>(type: "bigint", nullable: false),
                    ConfirmedAt = table.Column<long>(type: "bigint", nullable: true),
                    Verdict = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HandOvers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HandOvers_Turns_TurnId",
                        column: x => x.TurnId,
                        principalTable: "Turns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Replies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TurnId = table.Column<long>(type: "bigint", nullable: false),
                    ConversationId = table.Column<long>(type: "bigint", nullable: false),
                    ThoughtId = table.Column<long>(type: "bigint", nullable: true),
                    Text = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    IntentAt = table.Column<long>(type: "bigint", nullable: true),
                    FreshchatMessageId = table.Column<string>(type: "text", maxLength: 200, nullable: true),
                    PostedAt = table.Column<long>(type: "bigint", nullable: true),
                    ErrorCode = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Replies", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Replies_Turns_TurnId",
                        column: x => x.TurnId,
                        principalTable: "Turns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TurnCalls",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TurnId = table.Column<long>(type: "bigint", nullable: false),
                    Step = table.Column<string>(type: "text", maxLength: 40, nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Milliseconds = table.Column<int>(type: "integer", nullable: false),
                    HttpStatus = table.Column<int>(type: "integer", nullable: true),
                    Code = table.Column<string>(type: "text", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TurnCalls", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TurnCalls_Turns_TurnId",
                        column: x => x.TurnId,
                        principalTable: "Turns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_BotKeys_BotId_Fingerprint",
                table: "BotKeys",
                columns: new[] { "BotId", "Fingerprint" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Bots_AppId_Active",
                table: "Bots",
                column: "AppId",
                unique: true,
                filter: "\"Status\" in ('Live', 'Paused')");

            migrationBuilder.CreateIndex(
                name: "IX_Bots_WebhookId",
                table: "Bots",
                column: "WebhookId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_BotId_FreshchatId",
                table: "Conversations",
                columns: new[] { "BotId", "FreshchatId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_BotId_LastEventAt",
                table: "Conversations",
                columns: new[] { "BotId", "LastEventAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_LastEventAt",
                table: "Conversations",
                column: "LastEventAt");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_BotId_DedupKey",
                table: "Deliveries",
                columns: new[] { "BotId", "DedupKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_BotId_Id",
                table: "Deliveries",
                columns: new[] { "BotId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_ConversationId_Id",
                table: "Deliveries",
                columns: new[] { "ConversationId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_Status_Id",
                table: "Deliveries",
                columns: new[] { "Status", "Id" },
                filter: "\"Status\" in ('Received', 'Waiting')");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_TurnId",
                table: "Deliveries",
                column: "TurnId");

            migrationBuilder.CreateIndex(
                name: "IX_HandOvers_BotId_IntentAt",
                table: "HandOvers",
                columns: new[] { "BotId", "IntentAt" });

            migrationBuilder.CreateIndex(
                name: "IX_HandOvers_ConversationId",
                table: "HandOvers",
                column: "ConversationId");

            migrationBuilder.CreateIndex(
                name: "IX_HandOvers_TurnId",
                table: "HandOvers",
                column: "TurnId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_IdempotentRequests_At",
                table: "IdempotentRequests",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_ConversationId_CreatedAt",
                table: "Messages",
                columns: new[] { "ConversationId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_DeliveryId",
                table: "Messages",
                column: "DeliveryId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TurnId",
                table: "Messages",
                column: "TurnId");

            migrationBuilder.CreateIndex(
                name: "IX_OpenQuestions_BotId_Id",
                table: "OpenQuestions",
                columns: new[] { "BotId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_OpenQuestions_ConversationId_IssueId",
                table: "OpenQuestions",
                columns: new[] { "ConversationId", "IssueId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OwnershipEvents_ConversationId",
                table: "OwnershipEvents",
                column: "ConversationId");

            migrationBuilder.CreateIndex(
                name: "IX_Replies_ConversationId_FreshchatMessageId",
                table: "Replies",
                columns: new[] { "ConversationId", "FreshchatMessageId" });

            migrationBuilder.CreateIndex(
                name: "IX_Replies_ConversationId_ThoughtId",
                table: "Replies",
                columns: new[] { "ConversationId", "ThoughtId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Replies_TurnId",
                table: "Replies",
                column: "TurnId");

            migrationBuilder.CreateIndex(
                name: "IX_SiteRules_BotId_Position",
                table: "SiteRules",
                columns: new[] { "BotId", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_TurnCalls_TurnId",
                table: "TurnCalls",
                column: "TurnId");

            migrationBuilder.CreateIndex(
                name: "IX_Turns_BotId_EndedAt",
                table: "Turns",
                columns: new[] { "BotId", "EndedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Turns_ConversationId_Id",
                table: "Turns",
                columns: new[] { "ConversationId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Turns_Unfinished",
                table: "Turns",
                column: "ConversationId",
                unique: true,
                filter: "\"EndedAt\" is null");

            migrationBuilder.CreateIndex(
                name: "IX_UnknownSites_BotId_Source_Value",
                table: "UnknownSites",
                columns: new[] { "BotId", "Source", "Value" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BotActivity");

            migrationBuilder.DropTable(
                name: "BotKeys");

            migrationBuilder.DropTable(
                name: "Conversations");

            migrationBuilder.DropTable(
                name: "DataProtectionKeys");

            migrationBuilder.DropTable(
                name: "DeliveryPayloads");

            migrationBuilder.DropTable(
                name: "HandOvers");

            migrationBuilder.DropTable(
                name: "Heartbeats");

            migrationBuilder.DropTable(
                name: "IdempotentRequests");

            migrationBuilder.DropTable(
                name: "Messages");

            migrationBuilder.DropTable(
                name: "OpenQuestions");

            migrationBuilder.DropTable(
                name: "OwnershipEvents");

            migrationBuilder.DropTable(
                name: "Rejections");

            migrationBuilder.DropTable(
                name: "Replies");

            migrationBuilder.DropTable(
                name: "SiteRules");

            migrationBuilder.DropTable(
                name: "TurnCalls");

            migrationBuilder.DropTable(
                name: "UnknownSites");

            migrationBuilder.DropTable(
                name: "Deliveries");

            migrationBuilder.DropTable(
                name: "Bots");

            migrationBuilder.DropTable(
                name: "Turns");
        }
    }
}
