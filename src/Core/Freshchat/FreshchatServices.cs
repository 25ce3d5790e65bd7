using Core.Outcomes;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Freshchat;

/// <summary>The Freshchat client and what it needs.</summary>
public static class FreshchatServices
{
    /// <summary>Registers <see cref="FreshchatClient"/>, <see cref="RateLimits"/> and the options; needs <c>IConfiguration</c> and logging in the container.</summary>
    public static IServiceCollection AddFreshchat(this IServiceCollection services) => throw new NotImplementedException();
}
