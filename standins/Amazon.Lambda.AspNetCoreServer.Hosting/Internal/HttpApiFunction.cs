using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Amazon.Lambda.AspNetCoreServer.Hosting.Internal;

/// <summary>One request through the application: event to features, pipeline, features to answer.</summary>
internal sealed partial class HttpApiFunction<TContext>(IHttpApplication<TContext> application, IServiceScopeFactory scopes, ILogger logger)
    where TContext : notnull
{
    // The names under which the real package leaves them for the application.
    private const string LambdaContextItem = "LambdaContext";
    private const string LambdaRequestItem = "LambdaRequestObject";

    public async Task<APIGatewayHttpApiV2ProxyResponse> HandleAsync(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context)
    {
        var response = new ResponseFeature();
        var features = RequestTranslation.ToFeatures(request);
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(response);
        var items = new ItemsFeature();
        items.Items[LambdaContextItem] = context;
        items.Items[LambdaRequestItem] = request;
        features.Set<IItemsFeature>(items);
        using var scope = scopes.CreateScope();
        features.Set<IServiceProvidersFeature>(new RequestServices { Provider = scope.ServiceProvider });
        return await ServeAsync(features, response);
    }

    private async Task<APIGatewayHttpApiV2ProxyResponse> ServeAsync(FeatureCollection features, ResponseFeature response)
    {
        var call = application.CreateContext(features);
        Exception? error = null;
        try
        {
            try
            {
                await application.ProcessRequestAsync(call);
            }
            catch (Exception exception)
            {
                error = exception;
                LogUnhandled(exception);
                response.StatusCode = 500;
            }
            await response.RunStartingAsync();
            var answer = ResponseTranslation.ToAnswer(response);
            await response.RunCompletedAsync();
            return answer;
        }
        finally
        {
            application.DisposeContext(call, error);
        }
    }

    [LoggerMessage(Level = Microsoft.Extensions.Logging.LogLevel.Error, Message = "Unknown error responding to request")]
    private partial void LogUnhandled(Exception exception);

    private sealed class RequestServices : IServiceProvidersFeature
    {
        public required IServiceProvider Provider { get; init; }

        IServiceProvider IServiceProvidersFeature.RequestServices
        {
            get => Provider;
            set => throw new NotSupportedException();
        }
    }
}
