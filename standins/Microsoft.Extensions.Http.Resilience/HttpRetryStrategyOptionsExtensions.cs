using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Http.Resilience.Internal;

namespace Microsoft.Extensions.Http.Resilience;

[Experimental("EXTEXP0001")]
public static class HttpRetryStrategyOptionsExtensions
{
    /// <summary>Leaves alone what may already have taken effect: POST, PUT, PATCH, DELETE, CONNECT.</summary>
    public static void DisableForUnsafeHttpMethods(this HttpRetryStrategyOptions options) =>
        options.DisableFor(HttpMethod.Delete, HttpMethod.Post, HttpMethod.Put, HttpMethod.Connect, HttpMethod.Patch);

    public static void DisableFor(this HttpRetryStrategyOptions options, params HttpMethod[] methods)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (methods is null or [])
        {
            throw new ArgumentException("At least one method is needed.", nameof(methods));
        }

        var shouldHandle = options.ShouldHandle;
        options.ShouldHandle = async args =>
        {
            var request = args.Outcome.Result?.RequestMessage ?? args.Context.Properties.GetValue(ResilienceKeys.Request, null!);
            return await shouldHandle(args).ConfigureAwait(args.Context.ContinueOnCapturedContext)
                && (request is null || !methods.Contains(request.Method));
        };
    }
}
