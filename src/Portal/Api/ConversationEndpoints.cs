using Core.Conversations;
using Core.Outcomes;
using Portal.Authentication;

namespace Portal.Api;

internal static class ConversationEndpoints
{
    public static void MapConversations(this RouteGroupBuilder api)
    {
        var conversations = api.MapGroup("/conversations").WithTags("Conversations");
        conversations.MapGet("", ListAsync).Produces<Page<ConversationSummary>>();
        conversations.MapGet("{id}", GetAsync).Produces<ConversationView>();
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        FindConversations find,
        ApiProblem problem,
        CancellationToken cancel,
        Guid? bot = null,
        string? freshchatId = null,
        Choice<Owner>? owner = null,
        bool unanswered = false,
        bool writtenInPause = false,
        string? search = null,
        int limit = 50,
        string? after = null
    ) => (await find.ListAsync(context.User.ToActor(), new(bot, freshchatId, owner?.Value, unanswered, search, writtenInPause), limit, after, cancel)).Match(Results.Ok, problem.Of);

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        FindConversations find,
        ApiProblem problem,
        CancellationToken cancel
    ) => (await find.GetAsync(context.User.ToActor(), id, cancel)).Match(Results.Ok, problem.Of);
}
