using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Sandbox;

/// <summary>
/// A server without a socket: it runs requests that another application has received and hands over. The two share the connection
/// and nothing else - services, authentication, options and logs stay apart, as if the sandbox were another process.
/// </summary>
public sealed class MountedServer : IServer
{
    private Func<IFeatureCollection, Task>? _handle;

    /// <inheritdoc />
    public IFeatureCollection Features { get; } = new FeatureCollection();

    /// <summary>Runs the sandbox's pipeline on a request received elsewhere; completes when the response is complete.</summary>
    /// <exception cref="InvalidOperationException">The sandbox has not been started.</exception>
    public Task HandleAsync(HttpContext received)
    {
        var handle = _handle ?? throw new InvalidOperationException("The mounted sandbox has not been started.");
        return handle(WireFeatures(received.Features));
    }

    /// <inheritdoc />
    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _handle = async features =>
        {
            var context = application.CreateContext(features);
            Exception? failure = null;
            try
            {
                await application.ProcessRequestAsync(context);
            }
            catch (Exception e)
            {
                failure = e;
                throw;
            }
            finally
            {
                application.DisposeContext(context, failure);
            }
        };
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _handle = null;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose() { }

    // Only what belongs to the wire crosses over: no user, no endpoint, no request services of the receiving application.
    private static FeatureCollection WireFeatures(IFeatureCollection from)
    {
        var wire = new FeatureCollection();
        wire.Set(from.Get<IHttpRequestFeature>());
        wire.Set(from.Get<IHttpResponseFeature>());
        wire.Set(from.Get<IHttpResponseBodyFeature>());
        wire.Set(from.Get<IHttpConnectionFeature>());
        wire.Set(from.Get<IHttpRequestLifetimeFeature>());
        wire.Set(from.Get<IHttpRequestIdentifierFeature>());
        wire.Set(from.Get<IHttpRequestBodyDetectionFeature>());
        wire.Set(from.Get<IHttpMaxRequestBodySizeFeature>());
        wire.Set(from.Get<IHttpBodyControlFeature>());
        return wire;
    }
}
