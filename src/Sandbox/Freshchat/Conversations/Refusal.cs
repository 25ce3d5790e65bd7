namespace Sandbox.Freshchat.Conversations;

/// <summary>Why Freshchat does not do something: its error body <c>{code,status,message}</c> (freshchat.md 3.1).</summary>
internal sealed record Refusal(int Code, string Status, string Message)
{
    public static Refusal NotLatest { get; } = Invalid("Conversation id is not the latest conversation of the user");
    public static Refusal NoSuchAgent { get; } = new(404, "AGENT_NOT_FOUND", "This agent does not exist");
    public static Refusal NoSuchGroup { get; } = new(404, "GROUP_NOT_FOUND", "This group does not exist");
    public static Refusal NoSuchUser { get; } = new(404, "USER_NOT_FOUND", "This user does not exist");
    public static Refusal NoSuchTopic { get; } = new(404, "CHANNEL_NOT_FOUND", "This channel does not exist");
    public static Refusal NoSuchConversation { get; } = new(404, "CONVERSATION_NOT_FOUND", "This conversation does not exist");
    public static Refusal WrongPage { get; } = new(404, "WRONG_PAGE", "The page does not exist in the search result");

    /// <summary>A 400 with the given text.</summary>
    public static Refusal Invalid(string message) => new(400, "INVALID_VALUE", message);
}
